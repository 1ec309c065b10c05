package io.haetae.local.world;

import io.haetae.local.home.HomeException;
import io.haetae.local.home.World;
import io.haetae.store.Action;
import io.haetae.store.Condition;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Store;
import java.util.List;
import java.util.Optional;

/** The item that says what a store is about: written once, checked at every opening. */
public final class WorldMark {

    private static final Key KEY = Key.state("WORLD", "WORLD");

    private WorldMark() {}

    /** @throws HomeException when the store is about another world */
    public static void check(Store store, World world) {
        Optional<Item> standing = store.get(KEY);
        if (standing.isEmpty()) {
            Item item = Item.at(KEY).with("world", world.id()).build();
            standing = switch (store.commit(List.of(Action.put(item, Condition.absent())))) {
                case Outcome.Committed() -> Optional.of(item);
                case Outcome.Refused refused -> refused.standing();
                case Outcome.Uncertain(String cause) -> throw new HomeException("the store did not answer: " + cause);
            };
        }
        String found = standing.map(item -> item.text("world")).orElse("nothing");
        if (!found.equals(world.id())) {
            throw new HomeException("this data folder is about the world %s, not %s: name another folder with --home"
                    .formatted(found, world.id()));
        }
    }
}

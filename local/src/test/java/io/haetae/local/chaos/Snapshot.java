package io.haetae.local.chaos;

import io.haetae.store.Item;
import io.haetae.store.Store;
import io.haetae.store.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A world at a moment: what is stored, and what its brokers remember.
 *
 * @param market prices, shared by all trials
 * @param files of the simulated brokers, by name
 */
record Snapshot(Instant now, List<Item> state, Store market, Map<String, byte[]> files) {

    static Snapshot of(Instant now, KeptStore store, Path folder) throws IOException {
        return new Snapshot(now, store.items(Table.STATE), KeptStore.of(store.items(Table.MARKET)), files(folder));
    }

    /** The same market, later. */
    Snapshot later(Instant moment, KeptStore state, Path folder) throws IOException {
        return new Snapshot(moment, state.items(), market, files(folder));
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".json")).toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    void restore(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : new ArrayList<>(files.entrySet())) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}

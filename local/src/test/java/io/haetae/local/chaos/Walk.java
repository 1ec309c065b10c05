package io.haetae.local.chaos;

import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.order.Order;
import io.haetae.store.OrderMapper;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One day told step by step, each step by a process of its own. */
final class Walk implements AutoCloseable {

    final Scene scene;
    final Morning morning;
    final SteeredMarket market;
    final Store store;
    final Machine.Surroundings around;
    private final VirtualTime time;
    private final Venues venues;

    Walk(Scene scene, Morning morning, Path home) throws IOException {
        this.scene = scene;
        this.morning = morning;
        this.market = new SteeredMarket(morning.market(), scene.flowing());
        this.store = new TwoStores(
                KeptStore.of(morning.snapshot().state()), morning.snapshot().market());
        morning.snapshot().restore(home);
        this.time = new VirtualTime(morning.snapshot().now());
        this.venues = new Venues(scene.account().mode(), time, market, home);
        this.around = Machine.Surroundings.of(Morning.functions(scene.settings()), store, time, venues, true);
    }

    /** The clock in Seoul. */
    Walk at(String wall) {
        time.advanceTo(Morning.at(morning.session(), LocalTime.parse(wall)));
        return this;
    }

    Instant now() {
        return time.now();
    }

    /** As its schedule would run it, in the newest slot that is due. */
    String run(JobName job) {
        return run(job, Calls.CALM);
    }

    String run(JobName job, Calls.Plan plan) {
        Integer every = Script.scheduled(time.now(), job).everyMinutes();
        long step = Duration.ofMinutes(every == null ? 1 : every).toMillis();
        Instant slot = Instant.ofEpochMilli(Math.floorDiv(time.now().toEpochMilli(), step) * step);
        return new Machine(around, new Calls(plan)).run(Script.scheduled(slot, job));
    }

    String byHand(JobName job, Calls.Plan plan) {
        return new Machine(around, new Calls(plan)).run(JobEvent.byHand(job));
    }

    List<Order> orders() {
        return new OrderMapper(store).ofSession(scene.account(), morning.session());
    }

    /** By code of the share, of one kind. */
    Map<String, Order> entries() {
        Map<String, Order> entries = new TreeMap<>();
        orders().stream()
                .filter(Order::isEntry)
                .forEach(order -> entries.put(order.instrument().code(), order));
        return entries;
    }

    List<Order> exits(String code) {
        return orders().stream()
                .filter(order -> !order.isEntry() && order.instrument().code().equals(code))
                .toList();
    }

    Venues venues() {
        return venues;
    }

    List<String> problems(boolean over) {
        return Sound.problems(store, scene.account(), List.of(morning.session()), venues.books(scene.account()), over);
    }

    List<String> problemsBesidePeople() {
        return Sound.besidePeople(
                store,
                scene.account(),
                List.of(morning.session()),
                venues.books(scene.account()).orElseThrow(),
                around.published(),
                false);
    }

    @Override
    public void close() {
        venues.close();
    }
}

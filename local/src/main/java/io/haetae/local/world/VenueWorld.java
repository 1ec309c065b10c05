package io.haetae.local.world;

import io.haetae.config.Settings;
import io.haetae.functions.datacollection.Backfill;
import io.haetae.job.RunListener;
import io.haetae.local.driver.FollowUps;
import io.haetae.local.driver.Functions;
import io.haetae.local.home.FileSecrets;
import io.haetae.local.home.World;
import io.haetae.local.schedule.Template;
import io.haetae.store.Store;
import io.haetae.time.TimeSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The world of the real venues on one machine: real clock, the user's keys, one SQLite file. */
public final class VenueWorld implements AutoCloseable {

    private final Engine engine;
    private final Template template;
    private final FollowUps followUps = new FollowUps();
    private final LocalPlatforms platforms;
    private final Functions functions;

    /**
     * Makes the functions.
     *
     * @param keys variables in which keys may stand, before the secrets file in the folder
     * @throws io.haetae.local.home.HomeException when the store is about another world
     */
    public VenueWorld(
            World world,
            Path folder,
            Engine engine,
            Values values,
            Map<String, String> keys,
            Path root,
            TimeSource time,
            RunListener listener) {
        this.engine = engine;
        this.template = values.template(root);
        try {
            WorldMark.check(engine.store(), world);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
        this.platforms = new LocalPlatforms(
                values,
                Map.of(),
                new FileSecrets(folder.resolve("secrets"), keys),
                engine.store(),
                time,
                followUps,
                listener,
                folder);
        this.functions = new Functions(template.functions(), time, platforms);
    }

    /** The world that the settings mean. */
    public static World of(Settings settings) {
        return World.venues(
                settings.kis().paper() ? "paper" : "real", settings.saxo().live() ? "LIVE" : "SIM");
    }

    public Template template() {
        return template;
    }

    public Functions functions() {
        return functions;
    }

    public FollowUps followUps() {
        return followUps;
    }

    /** Empty when there is no key for the Exchange's service. */
    public Optional<Backfill> backfill() {
        return platforms.backfill(template);
    }

    public Store store() {
        return engine.store();
    }

    @Override
    public void close() {
        engine.close();
    }
}

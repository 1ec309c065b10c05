package io.haetae.local.world;

import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
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

/** The world of the real venues on one machine: real clock, the user's keys, one SQLite file. */
public final class VenueWorld implements AutoCloseable {

    private final Engine engine;
    private final Settings settings;
    private final Template template;
    private final FollowUps followUps = new FollowUps();
    private final Functions functions;

    /**
     * Makes the functions.
     *
     * @param environment where keys may stand, before the secrets file in the folder
     * @throws io.haetae.config.InvalidSettingsException naming every problem of the settings
     * @throws io.haetae.local.home.HomeException when the store is about another world
     */
    public VenueWorld(
            World world,
            Path folder,
            Engine engine,
            Values values,
            Map<String, String> environment,
            Path root,
            TimeSource time,
            RunListener listener) {
        this.engine = engine;
        this.settings = SettingsReader.read(values.byName(), values.sources());
        this.template = LocalPlatforms.template(root, values);
        WorldMark.check(engine.store(), world);
        this.functions = new Functions(
                template.functions(),
                time,
                new LocalPlatforms(
                        values,
                        Map.of(),
                        new FileSecrets(folder.resolve("secrets"), environment),
                        engine.store(),
                        time,
                        followUps,
                        listener,
                        folder));
    }

    /** The world that the settings mean. */
    public static World of(Values values) {
        Settings settings = SettingsReader.read(values.byName(), values.sources());
        return World.venues(
                settings.kis().paper() ? "paper" : "real", settings.saxo().live() ? "LIVE" : "SIM");
    }

    public Settings settings() {
        return settings;
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

    public Store store() {
        return engine.store();
    }

    @Override
    public void close() {
        engine.close();
    }
}

package io.haetae.local.chaos;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.logging.log4j.core.config.Configurator;

/** Silence while failures are what is asked for. */
final class Logs {

    /** Held, or the level would be forgotten with the logger. */
    private static final Logger LOG = Logger.getLogger("io.haetae");

    void off() {
        LOG.setLevel(Level.OFF);
        Configurator.setLevel("io.haetae", org.apache.logging.log4j.Level.OFF);
    }

    void on() {
        LOG.setLevel(Level.WARNING);
        Configurator.setLevel("io.haetae", (org.apache.logging.log4j.Level) null);
    }
}

package io.haetae.local.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Where the log goes, and how much of it. To be called before the first line is logged. */
final class Logs {

    private Logs() {}

    /** Until a data folder is open there is no place for a log; what went wrong is said in one line anyway. */
    static void nowhere() {
        configure("stderr", "unused");
        Configurator.setRootLevel(Level.OFF);
    }

    static void toFile(Path file) {
        configure("file", file.toString());
    }

    static void toErrorStream() {
        configure("stderr", "unused");
    }

    private static void configure(String appender, String file) {
        System.setProperty("haetae.appender", appender);
        System.setProperty("haetae.log", file);
        System.setProperty("log4j2.configurationFile", "haetae-log4j2.xml");
        Configurator.reconfigure();
    }

    /** @param name of a level as the setting LOG_LEVEL has it */
    static void level(String name) {
        Configurator.setRootLevel(Level.valueOf(name.toUpperCase(Locale.ROOT)));
    }
}

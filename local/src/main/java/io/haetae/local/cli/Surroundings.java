package io.haetae.local.cli;

import io.haetae.time.SystemTime;
import io.haetae.time.TimeSource;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command takes from the process it runs in.
 *
 * @param out for what was asked for, in UTF-8 whatever the terminal's locale says
 * @param err for progress, and for what went wrong
 * @param terminal whether a person looks at {@code err}
 * @param environment variables
 * @param workingFolder where {@code .env} may be
 * @param root of the checkout: {@code template.yaml} is there
 */
record Surroundings(
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Map<String, String> environment,
        Path workingFolder,
        Path root,
        TimeSource time) {

    static Surroundings ofThisProcess() {
        String root = System.getProperty("haetae.root");
        if (root == null) {
            throw new IllegalStateException("the launcher names the checkout with -Dhaetae.root");
        }
        return new Surroundings(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.console() != null && System.console().isTerminal(),
                System.getenv(),
                Path.of(""),
                Path.of(root),
                new SystemTime());
    }

    Progress progress() {
        return new Progress(err, terminal);
    }
}

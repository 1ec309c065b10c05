package io.haetae.local.cli;

import io.haetae.time.TimeSource;
import io.haetae.time.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A person at a terminal: a working folder, a home folder, an environment. */
final class Shell {

    /** Monday 2024-12-23, 10:00 in Korea. */
    static final Instant NOW = Instant.parse("2024-12-23T01:00:00Z");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    record Result(int code, String out, String err) {
        List<String> errLines() {
            return err.lines().toList();
        }
    }

    final Path folder;
    final Path home;
    final Map<String, String> environment = new HashMap<>();
    TimeSource time = new VirtualTime(NOW);

    Shell(Path folder) {
        this.folder = folder;
        this.home = folder.resolve("home");
    }

    /** Runs a command with {@code --home} of this shell, as far as it takes one. */
    Result at(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--home");
        all.add(home.toString());
        return bare(all.toArray(String[]::new));
    }

    Result bare(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Commands.run(
                new Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        environment,
                        folder,
                        ROOT,
                        time),
                words);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A few shares on the ten sessions up to Friday 2024-12-20. */
    Path prices() {
        StringBuilder text = new StringBuilder("date,symbol,open,high,low,close,volume\n");
        for (int day = 9; day <= 20; day++) {
            LocalDate date = LocalDate.of(2024, 12, day);
            if (date.getDayOfWeek().getValue() > 5) {
                continue;
            }
            for (int share = 1; share <= 4; share++) {
                int price = 10_000 * share + 10 * day;
                text.append(String.format(
                        Locale.ROOT,
                        "%s,%06d,%d,%d,%d,%d,%d%n",
                        date,
                        share * 10,
                        price,
                        price + 50,
                        price - 50,
                        price + 10,
                        100_000));
            }
        }
        return write("prices.csv", text.toString());
    }
}

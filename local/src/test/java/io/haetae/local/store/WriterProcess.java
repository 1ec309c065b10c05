package io.haetae.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.store.Action;
import io.haetae.store.Condition;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Another process that writes. Transaction {@code n} of writer {@code w} puts {@code w#n#a} and {@code w#n#b}, which must
 * not be there, and adds 1 to {@code sum}; once it is committed, {@code n} is printed.
 */
final class WriterProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;

    private WriterProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    static WriterProcess start(String engine, String partition, String writer, int transactions) throws IOException {
        return new WriterProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterProcess.class.getName(),
                        engine,
                        partition,
                        writer,
                        Integer.toString(transactions))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public static void main(String[] arguments) {
        String partition = arguments[1];
        try (Store store = EngineAt.open(arguments[0])) {
            for (int n = 1; n <= Integer.parseInt(arguments[3]); n++) {
                String name = String.format(Locale.ROOT, "%s#%06d", arguments[2], n);
                Outcome outcome = store.commit(List.of(
                        Action.put(item(partition, name + "#a", n), Condition.absent()),
                        Action.addUpTo(Key.state(partition, "sum"), "n", 1, Long.MAX_VALUE),
                        Action.put(item(partition, name + "#b", n), Condition.absent())));
                if (!outcome.equals(new Outcome.Committed())) {
                    throw new IllegalStateException(outcome.toString());
                }
                System.out.println(n);
            }
        }
    }

    private static Item item(String partition, String sort, int n) {
        return Item.at(Key.state(partition, sort))
                .with("n", n)
                .with("chunk", new byte[20_000])
                .build();
    }

    /** Waits until it says that transaction {@code n} is committed. */
    void awaitCommitted(int n) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (Integer.parseInt(line) >= n) {
                return;
            }
        }
        throw new IllegalStateException("the writer ended before transaction " + n);
    }

    /** Ends it in the middle of whatever it does. */
    void kill() {
        // Through its handle, which leaves what it printed to be read.
        assertThat(process.toHandle().destroyForcibly()).isTrue();
    }

    /** The last transaction it reported before its end, which this waits for; 0 when none since last asked. */
    int awaitLastReported() throws IOException, InterruptedException {
        int last = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            last = line.isEmpty() ? last : Integer.parseInt(line);
        }
        process.waitFor();
        return last;
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

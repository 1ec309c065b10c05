package io.haetae.local;

import io.haetae.local.report.DayReport;
import io.haetae.local.world.Engine;
import io.haetae.local.world.Life;
import io.haetae.local.world.SimulatedWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that lives the small day in a folder on SQLite, says a line for every step, and leaves the document there. */
final class LivingProcess implements AutoCloseable {

    private static final String DOCUMENT = "day.json";

    private final Process process;
    private final BufferedReader lines;

    private LivingProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param options of the virtual machine */
    static LivingProcess start(Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), LivingProcess.class.getName(), folder.toString()));
        return new LivingProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("stderr").toFile()))
                .start());
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (SimulatedWorld world =
                SmallWorld.open(SmallWorld.market(SmallWorld.SEED), folder, Engine.sqlite(folder))) {
            DayReport day = new Life(world)
                    .live(
                            SmallWorld.DAY,
                            world.driver((_, now, done, _) -> System.out.println(done + " " + now)),
                            (done, _) -> System.out.println("history " + done));
            Files.writeString(folder.resolve(DOCUMENT), day.toJson());
        }
    }

    /** Reads {@code count} lines; false when the process ended before that. */
    boolean awaitSteps(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            @Nullable String line = lines.readLine();
            if (line == null) {
                return false;
            }
        }
        return true;
    }

    /** Ends it after so long, wherever it is then; false when it ended by itself before. */
    boolean killedAfter(long millis) throws InterruptedException {
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        if (!ended) {
            kill();
        }
        return !ended;
    }

    /** Ends it in the middle of whatever it does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** The exit code. */
    int awaitEnd() throws IOException, InterruptedException {
        while (lines.readLine() != null) {
            // A full pipe would stop the process.
        }
        return process.waitFor();
    }

    static String document(Path folder) throws IOException {
        return Files.readString(folder.resolve(DOCUMENT));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package io.haetae.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Orders sent twice (D), state lost or wrong (S), and switches that meant something else (G): what went wrong in other
 * programs has a number, and each number a test that says it in its Javadoc.
 */
class IncidentsHaveTestsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().endsWith("local")
            ? Path.of("").toAbsolutePath().resolve("..").normalize()
            : Path.of("").toAbsolutePath();

    /** A comment, and the test or the class of tests right after it. */
    private static final Pattern TEST = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*+)\\*/\\s*+(?:@\\w*Test\\b|@Tag\\b|(?:public |abstract |final )*class )",
            Pattern.DOTALL);

    private static final Pattern CODE = Pattern.compile("\\b[DSG]\\d{1,2}\\b");

    @Test
    void everyIncidentHasATestThatNamesIt() throws IOException {
        Set<String> wanted = new TreeSet<>(Set.of("G4", "G6", "G7"));
        IntStream.rangeClosed(1, 16).forEach(i -> wanted.add("D" + i));
        IntStream.rangeClosed(1, 18).forEach(i -> wanted.add("S" + i));
        Set<String> named = new TreeSet<>();
        for (String module : new String[] {"shared", "functions", "local"}) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> collect(file, named));
            }
        }

        wanted.removeAll(named);
        assertThat(wanted).as("incidents that no test names").isEmpty();
    }

    private static void collect(Path file, Set<String> named) {
        Matcher test = TEST.matcher(text(file));
        while (test.find()) {
            CODE.matcher(test.group(1)).results().forEach(code -> named.add(code.group()));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

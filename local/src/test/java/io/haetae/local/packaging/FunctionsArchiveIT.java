package io.haetae.local.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.local.schedule.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the archive that is deployed, and what is not. */
class FunctionsArchiveIT {

    private static List<ZipEntry> entries = List.of();

    @BeforeAll
    static void read() throws IOException {
        entries = FunctionsArchive.entries();
    }

    private static List<String> names() {
        return entries.stream().map(ZipEntry::getName).toList();
    }

    @Test
    void classesAreAtTheRootAndJarsInLib() {
        assertThat(new Template(Path.of("..", "template.yaml"), Map.of()).functions())
                .allSatisfy(function ->
                        assertThat(names()).contains(function.handler().replace('.', '/') + ".class"));
        assertThat(names()).filteredOn(name -> name.endsWith(".jar")).allMatch(name -> name.matches("lib/[^/]+\\.jar"));
        assertThat(names())
                .contains("log4j2.xml")
                .allMatch(name -> name.matches("(META-INF|io|lib)/.*|log4j2\\.xml"))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyLibraryIsThereOnceAndNoneThatOnlyTestsNeed() {
        assertThat(names())
                .filteredOn(name -> name.matches("lib/jackson-(core|databind|annotations)-.*"))
                .hasSize(3);
        assertThat(names())
                .filteredOn(name -> name.startsWith("lib/log4j-core-"))
                .hasSize(1);
        assertThat(names())
                .noneMatch(
                        name -> name.matches(
                                "(?i).*(dynamodblocal|sqlite|junit|assertj|archunit|picocli|snakeyaml|-tests\\.jar|runtime-interface-client|netty|apache-client).*"))
                .noneMatch(name -> name.matches("io/.*(Test|IT|Fake[A-Z]\\w*)\\.class"));
    }

    /** Together with what Lambda's own layers may take, an archive holds 250 MB unpacked and 50 MB packed. */
    @Test
    void itIsSmallEnoughToBeUploaded() {
        assertThat(FunctionsArchive.FILE.toFile().length()).isLessThan(50_000_000L);
        assertThat(entries.stream().mapToLong(ZipEntry::getSize).sum()).isLessThan(250_000_000L);
    }

    @Test
    void nothingInItTellsWhenItWasBuilt() {
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(2026, 1, 1, 0, 0)));
        List<String> classes =
                names().stream().filter(name -> name.endsWith(".class")).toList();
        assertThat(classes).isNotEmpty().isSorted();
    }
}

package io.haetae.local.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** {@code functions.zip} as the build left it. */
final class FunctionsArchive {

    static final Path FILE = Path.of("..", "functions", "target", "functions.zip");

    private FunctionsArchive() {}

    static List<ZipEntry> entries() throws IOException {
        try (ZipFile zip = new ZipFile(FILE.toFile())) {
            return zip.stream().<ZipEntry>map(entry -> entry).toList();
        }
    }

    /** Unpacks it, as Lambda does. */
    static void explodeTo(Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(FILE.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip.getInputStream(entry), target);
                }
            }
        }
    }
}

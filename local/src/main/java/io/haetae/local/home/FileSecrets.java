package io.haetae.local.home;

import io.haetae.config.Secrets;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Keys and tokens of one machine: the environment first ({@code kis/app-key} is {@code KIS_APP_KEY}), then a file that
 * only its owner may read ({@code name=value} lines). Tokens are written to the file, whole or not at all.
 */
public final class FileSecrets implements Secrets {

    private final Path file;
    private final Map<String, String> environment;

    public FileSecrets(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<String> get(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('/', '_').replace('-', '_');
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(read().get(name)));
    }

    @Override
    public synchronized void put(String name, String value) {
        Map<String, String> all = read();
        all.put(name, value);
        Properties properties = new Properties();
        properties.putAll(all);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(next);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            // The first line of the format is the time of writing, which says nothing here.
            String lines = text.toString()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .reduce("", (a, b) -> a + b + "\n");
            Files.writeString(next, lines, StandardCharsets.UTF_8);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HomeException("cannot write the secrets file %s (%s)".formatted(file, Home.reason(e)), e);
        }
    }

    private Map<String, String> read() {
        Map<String, String> all = new TreeMap<>();
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
            properties.forEach((name, value) -> all.put((String) name, (String) value));
            return all;
        } catch (NoSuchFileException e) {
            return all;
        } catch (IOException | IllegalArgumentException e) {
            // The cause is left out: it may quote a line of the file.
            throw new HomeException("cannot read the secrets file " + file + ": one name=value a line is expected");
        }
    }
}

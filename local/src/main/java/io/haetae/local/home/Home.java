package io.haetae.local.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that holds every world: {@code --home DIR}, else {@code HAETAE_HOME}, else {@code ~/.haetae}. Remembers
 * which world was opened last.
 */
public record Home(Path directory) {

    private static final String LAST = "last-world";

    /** @param chosen the flag's value, if it was given */
    public static Home of(Optional<Path> chosen, Map<String, String> environment) {
        return new Home(chosen.orElseGet(() -> Optional.ofNullable(environment.get("HAETAE_HOME"))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".haetae"))));
    }

    /**
     * The world's own subfolder, made when it is not there.
     *
     * @throws HomeException when the folder cannot be made or written
     */
    public Path open(World world) {
        Path folder = folder(world);
        try {
            Files.createDirectories(folder.resolve("locks"));
            replace(directory.resolve(LAST), world.id());
            return folder;
        } catch (IOException e) {
            throw new HomeException(
                    "cannot use the data folder %s (%s): name another with --home DIR".formatted(folder, reason(e)), e);
        }
    }

    /**
     * A folder in a world's, empty now, for what need not outlive the command.
     *
     * @throws HomeException when it cannot be emptied or made
     */
    public static Path passing(Path worldFolder) {
        Path folder = worldFolder.resolve("passing");
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(each);
                    }
                }
            }
            Files.createDirectories(folder.resolve("locks"));
            return folder;
        } catch (IOException e) {
            throw new HomeException("cannot use the folder %s (%s)".formatted(folder, reason(e)), e);
        }
    }

    /** The world's subfolder, which may not be there. */
    public Path folder(World world) {
        return directory.resolve(world.folder());
    }

    /** A home within this one. */
    public Home within(String name) {
        return new Home(directory.resolve(name));
    }

    /** @throws HomeException when the note of the last world cannot be read */
    public Optional<World> lastOpened() {
        try {
            return Optional.of(new World(Files.readString(directory.resolve(LAST), StandardCharsets.UTF_8)
                    .strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new HomeException("cannot read %s (%s)".formatted(directory.resolve(LAST), reason(e)), e);
        }
    }

    /** Writes a small file whole or not at all. */
    static void replace(Path file, String text) throws IOException {
        Path next = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".new");
        try {
            Files.writeString(next, text + "\n", StandardCharsets.UTF_8);
            try {
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Why a file could not be used, in a few words. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException file -> "there is no " + file.getFile();
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}

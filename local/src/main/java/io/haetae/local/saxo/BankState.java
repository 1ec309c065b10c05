package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What the bank remembers, in one file that is replaced as a whole. */
final class BankState {

    private final Path file;
    private final ObjectNode root;

    /**
     * @param file made by the first {@link #save()} when it does not exist
     * @throws UncheckedIOException when it cannot be read
     */
    BankState(Path file) {
        this.file = file;
        this.root = read(file);
    }

    private static ObjectNode read(Path file) {
        try {
            if (Files.exists(file)) {
                JsonNode read = BankJson.MAPPER.readTree(Files.readString(file));
                if (read instanceof ObjectNode object) {
                    return object;
                }
                throw new IOException("it holds no state of a simulated bank");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        ObjectNode fresh = BankJson.MAPPER.createObjectNode();
        fresh.putArray("activities");
        fresh.putArray("orders");
        fresh.put("nextOrder", 5_000_000_001L);
        fresh.putObject("token").put("sequence", -1);
        return fresh;
    }

    void save() {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, root.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    ObjectNode token() {
        return (ObjectNode) root.path("token");
    }

    ArrayNode orders() {
        return (ArrayNode) root.path("orders");
    }

    ArrayNode activities() {
        return (ArrayNode) root.path("activities");
    }

    long nextOrder() {
        long number = root.path("nextOrder").asLong();
        root.put("nextOrder", number + 1);
        return number;
    }
}

package io.haetae.local.kis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the simulated broker must not forget: tokens, cash, holdings, orders. One JSON file, replaced as a whole. */
final class KisState {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** An order as the broker keeps it; prices in won, times as the clock of the broker shows them. */
    static final class Working {
        public String number = "";
        public String original = "";
        public String date = "";
        public String time = "";
        public long placedAt;
        public String symbol = "";
        public boolean buy;
        public boolean market;
        public long quantity;
        public long price;
        public long filled;
        public long fillPrice;
        public long cancelled;
        /** Until when the path of prices has been compared with the order. */
        public long lookedUntil;

        long left() {
            return quantity - filled - cancelled;
        }
    }

    static final class Holding {
        public long quantity;
        public long cost;
    }

    public int tokens;
    public long lastIssue = Long.MIN_VALUE;
    public long tokenIssuedAt;
    public String token = "";
    public TreeMap<String, Long> expiry = new TreeMap<>();
    public long cash;
    public int orders;
    public List<Working> working = new ArrayList<>();
    public TreeMap<String, Holding> holdings = new TreeMap<>();

    /** The state in the file; a new one with {@code cash} won when there is no file. */
    static KisState open(Path file, long cash) {
        if (!Files.exists(file)) {
            KisState state = new KisState();
            state.cash = cash;
            return state;
        }
        try {
            return JSON.readValue(file.toFile(), KisState.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the simulated broker's state cannot be read; remove the file", e);
        }
    }

    void save(Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, JSON.writeValueAsBytes(this));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the simulated broker's state cannot be written", e);
        }
    }
}

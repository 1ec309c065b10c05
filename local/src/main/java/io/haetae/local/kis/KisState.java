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

    /** An order as the broker keeps it, or a cancel of one; prices in won, times as the clock of the broker shows them. */
    static final class Working {
        public String number = "";
        /** The order that this one cancels, or takes the place of; empty for a new one. */
        public String original = "";

        public boolean cancel;
        /** A person's, made in the broker's own application. */
        public boolean byHand;

        public String date = "";
        public String time = "";
        public long placedAt;
        public String symbol = "";
        public boolean buy;
        public boolean market;
        public long quantity;
        public long price;
        public long filled;
        /** Sum of price × quantity traded. */
        public long amount;
        /** Commission and tax on it. */
        public long charges;

        /** When it last traded, as the clock of the broker shows it; empty before it does. */
        public String informed = "";

        public long cancelled;
        public long amended;
        public long rejected;
        /** What the market traded at prices that suit the order. */
        public long reach;
        /** The last minute whose price has been compared with the order; 0 before the first. */
        public long lookedAt;

        long left() {
            return cancel ? 0 : quantity - filled - cancelled - amended - rejected;
        }
    }

    /** Stays as a row of nothing until what was sold is settled. */
    static final class Holding {
        public long quantity;
        public long cost;
        public String lastSold = "";
    }

    public int tokens;
    public long lastIssue = Long.MIN_VALUE;
    public long tokenIssuedAt;
    public String token = "";
    public TreeMap<String, Long> expiry = new TreeMap<>();
    /** With all that was traded, settled or not. */
    public long cash;

    /** What the trades of a date move the cash by, by date. */
    public TreeMap<String, Long> moved = new TreeMap<>();

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

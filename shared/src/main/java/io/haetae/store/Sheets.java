package io.haetae.store;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Large immutable texts of figures, one in force a session: compressed, split into parts that fit an item, named by
 * their checksum. The parts are written first, then the head that puts them in force, so a reader sees the old sheet or
 * the new one, never a mixture.
 */
final class Sheets {

    /** Of the encoding inside the parts' bytes; a reader that does not know it says so. */
    private static final byte FORMAT = 1;

    /** In place of a revision: no sheet has it. */
    static final String UNREADABLE = "";

    static final int PART_BYTES = 380 * 1024;
    private static final int ATTEMPTS = 5;
    private static final int MAX_PLAIN_BYTES = 64 * 1024 * 1024;

    private final Store store;
    private final String name;

    /** @param name of the kind of sheet: its partition */
    Sheets(Store store, String name) {
        this.store = store;
        this.name = name;
    }

    /** What a head names. */
    record Sheet(String revision, byte[] plain) {}

    Optional<String> revision(LocalDate session) {
        return store.get(head(session)).map(item -> item.text("revision"));
    }

    Optional<Sheet> read(LocalDate session) {
        for (int attempt = 0; ; attempt++) {
            Optional<Item> head = store.get(head(session));
            if (head.isEmpty()) {
                return Optional.empty();
            }
            List<Item> parts = store.getAll(keys(head.get(), session));
            if (parts.size() == head.get().whole("parts")) {
                return Optional.of(new Sheet(head.get().text("revision"), plain(head.get(), parts)));
            }
            // Parts go when another sheet takes the session; then its head names others.
            if (attempt == ATTEMPTS || store.get(head(session)).equals(head)) {
                throw new CorruptItemException(head.get().key(), "parts", "the number of parts stored");
            }
        }
    }

    /**
     * The sheets of a range, both ends included, oldest first: the heads in one question and the parts in another.
     */
    List<Sheet> readAll(LocalDate from, LocalDate to) {
        List<Item> heads = store.query(Query.between(Table.MARKET, name, from.toString(), to.toString()));
        List<Key> keys = new ArrayList<>();
        heads.forEach(head -> keys.addAll(keys(head, session(head))));
        Map<Key, Item> parts = new HashMap<>();
        store.getAll(keys).forEach(part -> parts.put(part.key(), part));
        List<Sheet> sheets = new ArrayList<>(heads.size());
        for (Item head : heads) {
            List<Item> own = keys(head, session(head)).stream()
                    .flatMap(key -> Optional.ofNullable(parts.get(key)).stream())
                    .toList();
            if (own.size() == head.whole("parts")) {
                sheets.add(new Sheet(head.text("revision"), plain(head, own)));
            } else {
                // Another sheet took its place meanwhile.
                read(session(head)).ifPresent(sheets::add);
            }
        }
        return sheets;
    }

    private static LocalDate session(Item head) {
        return LocalDate.parse(head.key().sort());
    }

    /** The revision of every sheet in force, by session; {@link #UNREADABLE} of one whose head is not what was written. */
    NavigableMap<LocalDate, String> revisions() {
        NavigableMap<LocalDate, String> revisions = new TreeMap<>();
        store.query(Query.all(Table.MARKET, name))
                .forEach(head -> revisions.put(session(head), isReadable(head) ? head.text("revision") : UNREADABLE));
        return revisions;
    }

    private static boolean isReadable(Item head) {
        try {
            return !head.text("checksum").isEmpty() && !head.text("revision").isEmpty() && head.whole("parts") > 0;
        } catch (CorruptItemException e) {
            return false;
        }
    }

    /** Its parts first: what a stop leaves has its head, and is found again. A sheet that took its place stays. */
    void delete(LocalDate session) {
        store.get(head(session)).ifPresent(head -> {
            if (!isReadable(head)) {
                // Which parts are its own cannot be told, and no other sheet takes the place of such a head.
                store.query(Query.all(Table.MARKET, name + "/" + session))
                        .forEach(part -> commit(Action.delete(part.key())));
                Outcome _ = store.commit(List.of(Action.delete(head.key(), Condition.unchanged(head))));
                return;
            }
            keys(head, session).forEach(key -> commit(Action.delete(key)));
            Outcome _ = store.commit(List.of(Action.delete(head.key(), same(head))));
        });
    }

    /**
     * As {@link #offer}, for a sheet that must be in force afterwards.
     *
     * @throws StoreUnavailableException also when another sheet came into force meanwhile
     */
    void write(LocalDate session, String revision, byte[] plain) {
        if (!offer(session, revision, plain, () -> true)) {
            throw new StoreUnavailableException(
                    "%s of %s changed while it was written: another run stored its own".formatted(name, session));
        }
    }

    /**
     * Puts the sheet in force in place of the one that stands when this begins. Storing what stands already changes nothing.
     *
     * @param wanted asked once, after looking at what stands: whether the sheet is still to be stored
     * @return false when it is not, or when another sheet came into force meanwhile: that one stands, whole
     * @throws StoreUnavailableException when the engine cannot say
     */
    boolean offer(LocalDate session, String revision, byte[] plain, BooleanSupplier wanted) {
        byte[] packed = pack(plain);
        String checksum = checksum(packed);
        int parts = (packed.length + PART_BYTES - 1) / PART_BYTES;
        Item head = Item.at(head(session))
                .with("revision", revision)
                .with("checksum", checksum)
                .with("parts", parts)
                .with("plainBytes", plain.length)
                .build();
        Optional<Item> standing = store.get(head(session));
        if (isStanding(head, standing)) {
            return true;
        }
        if (!wanted.getAsBoolean()) {
            return false;
        }
        for (int part = 0; part < parts; part++) {
            byte[] bytes =
                    Arrays.copyOfRange(packed, part * PART_BYTES, Math.min(packed.length, (part + 1) * PART_BYTES));
            commit(Action.put(
                    Item.at(part(session, checksum, part)).with("bytes", bytes).build()));
        }
        if (!replace(standing, head)) {
            // Our parts stay: a third writer of the same bytes may have put them in force.
            return false;
        }
        standing.filter(before -> !before.text("checksum").equals(checksum))
                .ifPresent(before -> keys(before, session).forEach(key -> commit(Action.delete(key))));
        return true;
    }

    /** Whether it stands in the end; not when something else has taken the place of {@code standing}. */
    private boolean replace(Optional<Item> standing, Item wanted) {
        Condition[] unchanged = standing.map(Sheets::same).orElseGet(() -> new Condition[] {Condition.absent()});
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (store.commit(List.of(Action.put(wanted, unchanged))) instanceof Outcome.Committed) {
                return true;
            }
            Optional<Item> now = store.get(wanted.key());
            if (isStanding(wanted, now)) {
                return true;
            }
            if (!now.equals(standing)) {
                return false;
            }
        }
        throw unanswered();
    }

    private static Condition[] same(Item head) {
        return new Condition[] {
            Condition.equalTo("checksum", Value.of(head.text("checksum"))),
            Condition.equalTo("revision", Value.of(head.text("revision")))
        };
    }

    private static boolean isStanding(Item wanted, Optional<Item> standing) {
        return standing.isPresent() && standing.get().attributes().equals(wanted.attributes());
    }

    /** Each replaces or removes without a condition, so repeating it after a lost answer does no harm. */
    private void commit(Action action) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (store.commit(List.of(action)) instanceof Outcome.Committed) {
                return;
            }
        }
        throw unanswered();
    }

    private StoreUnavailableException unanswered() {
        return new StoreUnavailableException(name + " could not be stored: no answer in " + ATTEMPTS + " attempts");
    }

    private Key head(LocalDate session) {
        return Key.market(name, session.toString());
    }

    private Key part(LocalDate session, String checksum, int part) {
        return Key.market(name + "/" + session, "%s/%03d".formatted(checksum, part));
    }

    private List<Key> keys(Item head, LocalDate session) {
        List<Key> keys = new ArrayList<>();
        for (int part = 0; part < head.whole("parts"); part++) {
            keys.add(part(session, head.text("checksum"), part));
        }
        return keys;
    }

    static byte[] pack(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2 + 64);
        packed.write(FORMAT);
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(plain);
            deflater.finish();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return packed.toByteArray();
    }

    /** @throws CorruptItemException when the parts are not what {@link #pack} made of the {@code plainBytes} of the head */
    static byte[] plain(Item head, List<Item> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(part -> joined.writeBytes(part.bytes("bytes")));
        byte[] packed = joined.toByteArray();
        if (!checksum(packed).equals(head.text("checksum"))) {
            throw new CorruptItemException(head.key(), "checksum", "that of its parts");
        }
        if (packed[0] != FORMAT) {
            throw new CorruptItemException(head.key(), "format", "one this version knows: " + packed[0]);
        }
        long length = head.whole("plainBytes");
        if (length < 0 || length > MAX_PLAIN_BYTES) {
            throw new CorruptItemException(head.key(), "plainBytes", "a sheet's length");
        }
        byte[] plain = new byte[(int) length];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed, 1, packed.length - 1);
            if (inflater.inflate(plain) != plain.length) {
                throw new CorruptItemException(head.key(), "plainBytes", "the length of its parts");
            }
        } catch (DataFormatException e) {
            throw new CorruptItemException(head.key(), "bytes", "compressed figures");
        }
        return plain;
    }

    static String checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }
}

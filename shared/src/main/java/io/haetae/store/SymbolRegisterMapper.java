package io.haetae.store;

import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.market.SymbolLife;
import io.haetae.market.SymbolLife.Named;
import io.haetae.market.SymbolRegister;
import io.haetae.market.SymbolRegisters;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The register as one compressed text in as many items of one partition as it needs (one, for some ten years): one query reads
 * it, one transaction writes it, whatever the number of symbols.
 */
public final class SymbolRegisterMapper implements SymbolRegisters {

    private static final String PARTITION = "symbols/KRX";
    private static final int ATTEMPTS = 5;

    /** In place of a date that is not known. */
    private static final long NO_DATE = Long.MIN_VALUE;

    private final Store store;

    public SymbolRegisterMapper(Store store) {
        this.store = store;
    }

    private record Standing(long version, int parts, SymbolRegister register) {}

    @Override
    public SymbolRegister read() {
        return standing().register();
    }

    @Override
    public SymbolRegister update(UnaryOperator<SymbolRegister> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Standing standing = standing();
            SymbolRegister wanted = change.apply(standing.register());
            if (wanted.equals(standing.register())) {
                return wanted;
            }
            if (store.commit(actions(wanted, standing)) instanceof Outcome.Committed) {
                return wanted;
            }
            // Refused: someone else wrote meanwhile. Uncertain: reading tells. Either way, look again.
        }
        throw new StoreUnavailableException("The register of symbols could not be stored in " + ATTEMPTS + " attempts");
    }

    private static Key part(int number) {
        return Key.market(PARTITION, "%04d".formatted(number));
    }

    private List<Action> actions(SymbolRegister register, Standing standing) {
        byte[] plain = encode(register);
        byte[] packed = Sheets.pack(plain);
        int parts = (packed.length + Sheets.PART_BYTES - 1) / Sheets.PART_BYTES;
        List<Action> actions = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = part * Sheets.PART_BYTES;
            Item.Builder item = Item.at(part(part))
                    .with("version", standing.version() + 1)
                    .with("bytes", Arrays.copyOfRange(packed, from, Math.min(packed.length, from + Sheets.PART_BYTES)));
            if (part == 0) {
                item.with("parts", parts)
                        .with("checksum", Sheets.checksum(packed))
                        .with("plainBytes", plain.length);
            }
            Condition unchanged = part > 0
                    ? Condition.anything()
                    : standing.version() == 0 ? Condition.absent() : Condition.versionIs(standing.version());
            actions.add(Action.put(item.build(), unchanged));
        }
        for (int part = parts; part < standing.parts(); part++) {
            actions.add(Action.delete(part(part)));
        }
        return actions;
    }

    /** A transaction is no snapshot for its readers: parts of two versions are read again. */
    private Standing standing() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Item> items = store.query(Query.all(Table.MARKET, PARTITION));
            if (items.isEmpty()) {
                return new Standing(0, 0, SymbolRegister.EMPTY);
            }
            Item head = items.getFirst();
            long version = head.whole("version");
            boolean whole = head.has("parts")
                    && head.whole("parts") == items.size()
                    && items.stream().allMatch(item -> item.whole("version") == version);
            if (whole) {
                return new Standing(version, items.size(), decode(head, Sheets.plain(head, items)));
            }
        }
        throw new CorruptItemException(part(0), "parts", "the number of parts stored");
    }

    private static byte[] encode(SymbolRegister register) {
        List<SymbolLife> lives = List.copyOf(register.lives());
        Columns.Writer<SymbolLife> writer = new Columns.Writer<>(lives)
                .lines(register.newest().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList())
                .texts(SymbolLife::symbol)
                .wholes(life -> life.names().size())
                .lines(lives.stream()
                        .flatMap(life -> life.names().stream())
                        .map(SymbolRegisterMapper::line)
                        .toList())
                .wholes(life -> day(life.lastTraded()))
                .wholes(life -> day(life.shareAsOf()))
                .wholes(life ->
                        life.share() == null ? NO_DATE : day(life.share().listed()))
                .wholes(life -> life.share() == null ? 0 : life.share().shares());
        for (Function<ListedShare, String> text : TEXTS) {
            writer.texts(life -> life.share() == null ? "" : text.apply(life.share()));
        }
        return writer.bytes();
    }

    /** In the order in which {@link #share} takes them. */
    private static final List<Function<ListedShare, String>> TEXTS = List.of(
            ListedShare::isin,
            share -> share.market().name(),
            ListedShare::name,
            ListedShare::formalName,
            ListedShare::englishName,
            ListedShare::group,
            ListedShare::department,
            ListedShare::kind,
            share -> share.parValue() == null ? "" : share.parValue().toPlainString());

    private static String line(Named named) {
        return named.market() + " " + named.first() + " " + named.last() + " " + named.name();
    }

    private static long day(@Nullable LocalDate date) {
        return date == null ? NO_DATE : date.toEpochDay();
    }

    private static @Nullable LocalDate date(long day) {
        return day == NO_DATE ? null : LocalDate.ofEpochDay(day);
    }

    private static SymbolRegister decode(Item head, byte[] plain) {
        try {
            Columns.Reader in = new Columns.Reader(plain);
            Map<KrxMarket, LocalDate> newest = new EnumMap<>(KrxMarket.class);
            for (String line : in.lines()) {
                String[] words = line.split(" ", 2);
                newest.put(KrxMarket.valueOf(words[0]), LocalDate.parse(words[1]));
            }
            String[] symbols = in.texts();
            long[] counts = in.wholes();
            List<String> names = in.lines();
            long[] lastTraded = in.wholes();
            long[] asOf = in.wholes();
            long[] listed = in.wholes();
            long[] shares = in.wholes();
            List<String[]> texts = new ArrayList<>();
            for (int column = 0; column < TEXTS.size(); column++) {
                texts.add(in.texts());
            }
            List<SymbolLife> lives = new ArrayList<>(symbols.length);
            int at = 0;
            for (int i = 0; i < symbols.length; i++) {
                int end = at + Math.toIntExact(counts[i]);
                lives.add(new SymbolLife(
                        symbols[i],
                        names.subList(at, end).stream()
                                .map(SymbolRegisterMapper::named)
                                .toList(),
                        date(lastTraded[i]),
                        share(symbols[i], date(listed[i]), shares[i], texts, i),
                        date(asOf[i])));
                at = end;
            }
            return SymbolRegister.of(lives, newest);
        } catch (IOException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new CorruptItemException(head.key(), "bytes", "a register of symbols");
        } catch (IndexOutOfBoundsException e) {
            throw new CorruptItemException(head.key(), "bytes", "as many names as it says");
        }
    }

    private static Named named(String line) {
        String[] words = line.split(" ", 4);
        return new Named(words[3], KrxMarket.valueOf(words[0]), LocalDate.parse(words[1]), LocalDate.parse(words[2]));
    }

    private static @Nullable ListedShare share(
            String symbol, @Nullable LocalDate listed, long shares, List<String[]> texts, int i) {
        if (listed == null) {
            return null;
        }
        String parValue = texts.get(8)[i];
        return new ListedShare(
                symbol,
                texts.get(0)[i],
                KrxMarket.valueOf(texts.get(1)[i]),
                texts.get(2)[i],
                texts.get(3)[i],
                texts.get(4)[i],
                listed,
                texts.get(5)[i],
                texts.get(6)[i],
                texts.get(7)[i],
                parValue.isEmpty() ? null : new BigDecimal(parValue),
                shares);
    }
}

package io.haetae.store;

import io.haetae.portfolio.AccountId;
import io.haetae.signal.Conviction;
import io.haetae.signal.EntrySignal;
import io.haetae.signal.SignalSheet;
import io.haetae.signal.Signals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps signal sheets. Partition {@code SIGNALS#account}: an item {@code session} with what the sheet says of itself, and
 * items {@code session#part} with up to {@value #PER_PART} signals each, one attribute a signal.
 */
public final class SignalsMapper implements Signals {

    /** Well under an item's 400 KB at a kilobyte a signal. */
    private static final int PER_PART = 200;

    /** Between the fields of a signal, and between the entries of a list: no name or reason holds these. */
    private static final String FIELD = "\u001F";

    private static final String ENTRY = "\u001E";
    private static final int FIELDS = 16;

    private final Store store;

    public SignalsMapper(Store store) {
        this.store = store;
    }

    /** @throws StoreUnavailableException when it is not known whether the sheet was kept */
    @Override
    public void put(AccountId account, SignalSheet sheet) {
        List<EntrySignal> signals = sheet.signals();
        List<Action> actions = new ArrayList<>();
        int parts = 0;
        for (int from = 0; from < signals.size(); from += PER_PART) {
            int to = Math.min(signals.size(), from + PER_PART);
            Item.Builder part = Item.at(part(account, sheet.session(), parts++));
            part.with("count", to - from);
            for (int i = from; i < to; i++) {
                part.with(name(i - from), text(signals.get(i)));
            }
            actions.add(Action.put(part.build()));
        }
        actions.add(Action.put(Item.at(key(account, sheet.session()))
                .with("basis", sheet.basis().toString())
                .with("provisional", sheet.provisional())
                .with("computedAt", sheet.computedAt().toString())
                .with("candidates", sheet.candidates())
                .with("parts", parts)
                .build()));
        switch (store.commit(actions)) {
            case Outcome.Committed _ -> {}
            case Outcome.Refused _ -> throw new IllegalStateException("a write without conditions was refused");
            case Outcome.Uncertain(String cause) ->
                throw new StoreUnavailableException(
                        "signals of " + account + " for " + sheet.session(), new IllegalStateException(cause));
        }
    }

    @Override
    public Optional<SignalSheet> sheet(AccountId account, LocalDate session) {
        return store.get(key(account, session)).map(item -> {
            List<EntrySignal> signals = new ArrayList<>();
            for (int number = 0; number < item.whole("parts"); number++) {
                Key key = part(account, session, number);
                Item part = store.get(key).orElseThrow(() -> new CorruptItemException(key, "count", "present"));
                for (int i = 0; i < part.whole("count"); i++) {
                    signals.add(signal(part, name(i)));
                }
            }
            return new SignalSheet(
                    session,
                    LocalDate.parse(item.text("basis")),
                    item.flag("provisional"),
                    Instant.parse(item.text("computedAt")),
                    Math.toIntExact(item.whole("candidates")),
                    signals);
        });
    }

    private static Key key(AccountId account, LocalDate session) {
        return Key.state("SIGNALS#" + account, session.toString());
    }

    private static Key part(AccountId account, LocalDate session, int number) {
        return Key.state("SIGNALS#" + account, String.format(Locale.ROOT, "%s#%03d", session, number));
    }

    private static String name(int index) {
        return String.format(Locale.ROOT, "s%03d", index);
    }

    private static String text(EntrySignal signal) {
        Conviction conviction = signal.conviction();
        return String.join(
                FIELD,
                signal.symbol(),
                signal.name(),
                Decimals.canonical(signal.close()),
                Decimals.canonical(signal.limit()),
                Decimals.canonical(signal.stop()),
                Decimals.canonical(signal.target()),
                Decimals.canonical(signal.rewardRisk()),
                Double.toString(signal.composite()),
                Double.toString(conviction.score()),
                text(conviction.value()),
                text(conviction.momentum()),
                text(conviction.volume()),
                text(conviction.quality()),
                String.join(ENTRY, conviction.notes()),
                String.join(ENTRY, signal.reasons()),
                String.join(ENTRY, signal.warnings()));
    }

    private static EntrySignal signal(Item part, String name) {
        String[] field = part.text(name).split(FIELD, -1);
        if (field.length != FIELDS) {
            throw new CorruptItemException(part.key(), name, "a signal");
        }
        try {
            return new EntrySignal(
                    field[0],
                    field[1],
                    new BigDecimal(field[2]),
                    new BigDecimal(field[3]),
                    new BigDecimal(field[4]),
                    new BigDecimal(field[5]),
                    new BigDecimal(field[6]),
                    Double.parseDouble(field[7]),
                    new Conviction(
                            Double.parseDouble(field[8]),
                            score(field[9]),
                            score(field[10]),
                            score(field[11]),
                            score(field[12]),
                            list(field[13])),
                    list(field[14]),
                    list(field[15]));
        } catch (NumberFormatException e) {
            throw new CorruptItemException(part.key(), name, "a signal");
        }
    }

    private static String text(@Nullable Double score) {
        return score == null ? "" : Double.toString(score);
    }

    private static @Nullable Double score(String text) {
        return text.isEmpty() ? null : Double.valueOf(text);
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(ENTRY, -1));
    }
}

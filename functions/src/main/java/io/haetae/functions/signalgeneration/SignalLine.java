package io.haetae.functions.signalgeneration;

import io.haetae.signal.EntrySignal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** A signal in one line; prices in whole won. */
final class SignalLine {

    private SignalLine() {}

    static String of(EntrySignal signal) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s %s: conviction %.1f (%s), close %s, bid %s, stop %s, target %s, %s to 1",
                signal.symbol(),
                signal.name(),
                signal.conviction().score(),
                signal.conviction().strength().text(),
                won(signal.close()),
                won(signal.limit()),
                won(signal.stop()),
                won(signal.target()),
                signal.rewardRisk().stripTrailingZeros().toPlainString()));
        if (!signal.reasons().isEmpty()) {
            line.append("; ").append(String.join(", ", signal.reasons()));
        }
        if (!signal.warnings().isEmpty()) {
            line.append("; warning: ").append(String.join(", ", signal.warnings()));
        }
        return line.toString();
    }

    /** {@code 71,000}: down to the whole won. */
    static String won(BigDecimal amount) {
        return String.format(
                Locale.ROOT, "%,d", amount.setScale(0, RoundingMode.FLOOR).toBigIntegerExact());
    }
}

package io.haetae.watchlist;

import io.haetae.score.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in a line why a share deserves to be watched. */
final class Reason {

    private Reason() {}

    static String of(Score score) {
        List<String> parts = new ArrayList<>();
        Double composite = score.composite();
        if (atLeast(composite, 80)) {
            parts.add(print("excellent overall score", composite));
        } else if (atLeast(composite, 70)) {
            parts.add(print("strong overall score", composite));
        }
        addIf(parts, "strong value", score.value(), 75);
        addIf(parts, "strong growth", score.growth(), 75);
        addIf(parts, "strong quality", score.quality(), 75);
        addIf(parts, "strong momentum", score.momentum(), 75);
        addIf(parts, "stable", score.stability(), 70);
        Double per = score.per();
        if (per != null && per > 0 && per < 10) {
            parts.add(print("low PER", per));
        }
        Double pbr = score.pbr();
        if (pbr != null && pbr > 0 && pbr < 1) {
            parts.add(print("PBR below book value", pbr));
        }
        Double roe = score.financials().roe();
        if (roe != null && roe > 20) {
            parts.add(print("high ROE", roe));
        }
        Double yield = score.financials().dividendYield();
        if (yield != null && yield > 4) {
            parts.add(print("high dividend yield", yield));
        }
        return parts.isEmpty() ? "meets the screening criteria" : String.join("; ", parts);
    }

    private static void addIf(List<String> parts, String text, @Nullable Double score, double least) {
        if (atLeast(score, least)) {
            parts.add(print(text, score));
        }
    }

    private static boolean atLeast(@Nullable Double score, double least) {
        return score != null && score >= least;
    }

    private static String print(String text, @Nullable Double figure) {
        return String.format(Locale.ROOT, "%s %.1f", text, figure);
    }
}

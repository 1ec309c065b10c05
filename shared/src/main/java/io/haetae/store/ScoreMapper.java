package io.haetae.store;

import io.haetae.market.KrxMarket;
import io.haetae.score.Financials;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Scores;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The market's scores as a sheet a session. */
public final class ScoreMapper implements Scores {

    private static final String NAME = "scores/KRX";

    private final Sheets sheets;

    public ScoreMapper(Store store) {
        this.sheets = new Sheets(store, NAME);
    }

    @Override
    public Optional<String> revision(LocalDate session) {
        return sheets.revision(session);
    }

    @Override
    public Optional<ScoreSheet> at(LocalDate session) {
        return sheets.read(session).map(sheet -> decode(session, sheet));
    }

    @Override
    public void put(ScoreSheet sheet) {
        Columns.Writer<Score> writer = new Columns.Writer<>(sheet.scores())
                .lines(sheet.warnings())
                .texts(Score::symbol)
                .texts(Score::name)
                .texts(score -> score.market().name())
                .wholes(Score::close)
                .wholes(score -> score.traded() ? 1 : 0)
                .wholes(Score::bars)
                .figures(Score::dataQuality);
        for (Function<Score, @Nullable Double> figure : FIGURES) {
            writer.figures(score -> {
                Double known = figure.apply(score);
                return known == null ? Double.NaN : known;
            });
        }
        sheets.write(sheet.session(), sheet.revision(), writer.bytes());
    }

    /** In the order of the record's components. */
    private static final List<Function<Score, @Nullable Double>> FIGURES = List.of(
            Score::volatility,
            Score::averageVolume,
            Score::averageValue,
            Score::volumeRatio,
            Score::volumeSurge,
            Score::atr,
            score -> score.financials().per(),
            score -> score.financials().pbr(),
            score -> score.financials().psr(),
            score -> score.financials().dividendYield(),
            score -> score.financials().revenueGrowth(),
            score -> score.financials().earningsGrowth(),
            score -> score.financials().equityGrowth(),
            score -> score.financials().roe(),
            score -> score.financials().operatingMargin(),
            score -> score.financials().netMargin(),
            score -> score.financials().debtRatio(),
            score -> score.financials().currentRatio(),
            Score::value,
            Score::growth,
            Score::quality,
            Score::momentum,
            Score::composite,
            Score::stability,
            Score::percentile);

    private static ScoreSheet decode(LocalDate session, Sheets.Sheet sheet) {
        try {
            Columns.Reader reader = new Columns.Reader(sheet.plain());
            List<String> warnings = reader.lines();
            String[] symbols = reader.texts();
            String[] names = reader.texts();
            String[] markets = reader.texts();
            long[] closes = reader.wholes();
            long[] traded = reader.wholes();
            long[] bars = reader.wholes();
            double[] qualities = reader.figures();
            double[][] figures = new double[FIGURES.size()][];
            for (int i = 0; i < figures.length; i++) {
                figures[i] = reader.figures();
            }
            List<Score> scores = new ArrayList<>(reader.rows());
            for (int row = 0; row < reader.rows(); row++) {
                Figures next = new Figures(figures, row);
                scores.add(new Score(
                        symbols[row],
                        names[row],
                        KrxMarket.valueOf(markets[row]),
                        closes[row],
                        traded[row] == 1,
                        Math.toIntExact(bars[row]),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        new Financials(
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure(),
                                next.figure()),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        next.figure(),
                        qualities[row]));
            }
            return new ScoreSheet(session, sheet.revision(), scores, warnings);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new CorruptItemException(Key.market(NAME, session.toString()), "bytes", "scores: " + e.getMessage());
        }
    }

    /** One row's figures, one after the other. */
    private static final class Figures {

        private final double[][] columns;
        private final int row;
        private int column;

        private Figures(double[][] columns, int row) {
            this.columns = columns;
            this.row = row;
        }

        @Nullable
        Double figure() {
            double figure = columns[column++][row];
            return Double.isNaN(figure) ? null : figure;
        }
    }
}

package io.haetae.store;

import io.haetae.market.KrxMarket;
import io.haetae.score.CompanyHistory;
import io.haetae.score.Financials;
import io.haetae.score.Measures;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Scores;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The market's scores as a sheet a session. Its figures stand under their names: a sheet stored before a figure was known
 * of is read with that figure unknown, so that the scores of months ago can still be compared with.
 */
public final class ScoreMapper implements Scores {

    private static final String NAME = "score-sheets/KRX";

    private static final SequencedMap<String, Function<Score, @Nullable Double>> FIGURES = figures();

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
                .lines(List.copyOf(FIGURES.sequencedKeySet()))
                .lines(sheet.warnings())
                .texts(Score::symbol)
                .texts(Score::name)
                .texts(score -> score.market().name())
                .wholes(Score::close)
                .wholes(Score::volume)
                .wholes(Score::turnover)
                .wholes(Score::shares)
                .wholes(score -> score.traded() ? 1 : 0)
                .wholes(Score::bars)
                .wholes(score -> score.history().quarters())
                .wholes(score -> score.history().profits());
        for (Function<Score, @Nullable Double> figure : FIGURES.values()) {
            writer.figures(score -> {
                Double known = figure.apply(score);
                return known == null ? Double.NaN : known;
            });
        }
        sheets.write(sheet.session(), sheet.revision(), writer.bytes());
    }

    private static SequencedMap<String, Function<Score, @Nullable Double>> figures() {
        SequencedMap<String, Function<Score, @Nullable Double>> figures = new LinkedHashMap<>();
        figures.put("volatility", score -> score.measures().volatility());
        figures.put("volumeVariation", score -> score.measures().volumeVariation());
        figures.put("beta", score -> score.measures().beta());
        figures.put("correlation", score -> score.measures().correlation());
        figures.put("averageVolume", score -> score.measures().averageVolume());
        figures.put("averageValue", score -> score.measures().averageValue());
        figures.put("volumeRatio", score -> score.measures().volumeRatio());
        figures.put("volumeSurge", score -> score.measures().volumeSurge());
        figures.put("atr", score -> score.measures().atr());
        figures.put("rsi", score -> score.measures().rsi());
        figures.put("macd", score -> score.measures().macd());
        figures.put("macdHistogram", score -> score.measures().macdHistogram());
        figures.put("lastClose", score -> score.measures().lastClose());
        figures.put("priceTrend", score -> score.measures().priceTrend());
        figures.put("volumeTrend", score -> score.measures().volumeTrend());
        figures.put("eps", score -> score.financials().eps());
        figures.put("bps", score -> score.financials().bps());
        figures.put("per", score -> score.financials().per());
        figures.put("pbr", score -> score.financials().pbr());
        figures.put("psr", score -> score.financials().psr());
        figures.put("dividendYield", score -> score.financials().dividendYield());
        figures.put("epsGrowth", score -> score.financials().epsGrowth());
        figures.put("revenueGrowth", score -> score.financials().revenueGrowth());
        figures.put("earningsGrowth", score -> score.financials().earningsGrowth());
        figures.put("equityGrowth", score -> score.financials().equityGrowth());
        figures.put("roe", score -> score.financials().roe());
        figures.put("roa", score -> score.financials().roa());
        figures.put("operatingMargin", score -> score.financials().operatingMargin());
        figures.put("netMargin", score -> score.financials().netMargin());
        figures.put("debtRatio", score -> score.financials().debtRatio());
        figures.put("currentRatio", score -> score.financials().currentRatio());
        figures.put("earningsVariation", score -> score.history().earningsVariation());
        figures.put("earningsTrend", score -> score.history().earningsTrend());
        figures.put("debtTrend", score -> score.history().debtTrend());
        figures.put("value", Score::value);
        figures.put("growth", Score::growth);
        figures.put("quality", Score::quality);
        figures.put("momentum", Score::momentum);
        figures.put("composite", Score::composite);
        figures.put("stability", Score::stability);
        figures.put("percentile", Score::percentile);
        figures.put("dataQuality", Score::dataQuality);
        return figures;
    }

    private static ScoreSheet decode(LocalDate session, Sheets.Sheet sheet) {
        try {
            Columns.Reader reader = new Columns.Reader(sheet.plain());
            List<String> columns = reader.lines();
            List<String> warnings = reader.lines();
            String[] symbols = reader.texts();
            String[] names = reader.texts();
            String[] markets = reader.texts();
            long[] closes = reader.wholes();
            long[] volumes = reader.wholes();
            long[] turnovers = reader.wholes();
            long[] shares = reader.wholes();
            long[] traded = reader.wholes();
            long[] bars = reader.wholes();
            long[] quarters = reader.wholes();
            long[] profits = reader.wholes();
            Map<String, double[]> figures = HashMap.newHashMap(columns.size());
            for (String column : columns) {
                figures.put(column, reader.figures());
            }
            List<Score> scores = new ArrayList<>(reader.rows());
            for (int row = 0; row < reader.rows(); row++) {
                Row known = new Row(figures, row);
                Double quality = known.at("dataQuality");
                scores.add(new Score(
                        symbols[row],
                        names[row],
                        KrxMarket.valueOf(markets[row]),
                        closes[row],
                        volumes[row],
                        turnovers[row],
                        shares[row],
                        traded[row] == 1,
                        Math.toIntExact(bars[row]),
                        measures(known),
                        financials(known),
                        new CompanyHistory(
                                Math.toIntExact(quarters[row]),
                                Math.toIntExact(profits[row]),
                                known.at("earningsVariation"),
                                known.at("earningsTrend"),
                                known.at("debtTrend")),
                        known.at("value"),
                        known.at("growth"),
                        known.at("quality"),
                        known.at("momentum"),
                        known.at("composite"),
                        known.at("stability"),
                        known.at("percentile"),
                        quality == null ? 0 : quality));
            }
            return new ScoreSheet(session, sheet.revision(), scores, warnings);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new CorruptItemException(Key.market(NAME, session.toString()), "bytes", "scores: " + e.getMessage());
        }
    }

    private static Measures measures(Row known) {
        return new Measures(
                known.at("volatility"),
                known.at("volumeVariation"),
                known.at("beta"),
                known.at("correlation"),
                known.at("averageVolume"),
                known.at("averageValue"),
                known.at("volumeRatio"),
                known.at("volumeSurge"),
                known.at("atr"),
                known.at("rsi"),
                known.at("macd"),
                known.at("macdHistogram"),
                known.at("lastClose"),
                known.at("priceTrend"),
                known.at("volumeTrend"));
    }

    private static Financials financials(Row known) {
        return new Financials(
                known.at("eps"),
                known.at("bps"),
                known.at("per"),
                known.at("pbr"),
                known.at("psr"),
                known.at("dividendYield"),
                known.at("epsGrowth"),
                known.at("revenueGrowth"),
                known.at("earningsGrowth"),
                known.at("equityGrowth"),
                known.at("roe"),
                known.at("roa"),
                known.at("operatingMargin"),
                known.at("netMargin"),
                known.at("debtRatio"),
                known.at("currentRatio"));
    }

    /** One share's figures by their names. */
    private record Row(Map<String, double[]> figures, int row) {

        @Nullable
        Double at(String name) {
            double[] column = figures.get(name);
            return column == null || Double.isNaN(column[row]) ? null : Double.valueOf(column[row]);
        }
    }
}

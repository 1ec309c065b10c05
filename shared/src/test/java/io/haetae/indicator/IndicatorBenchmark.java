package io.haetae.indicator;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.ta4j.core.BarSeries;
import org.ta4j.core.num.Num;

/**
 * A market of 2,700 symbols on one thread, 750 bars each: {@code mvn -Pbench -pl shared verify}. Each operation is a hundredth
 * of it, the next 27 symbols, so that a median stands for the market even where other programs run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgs = "-Xmx1g")
public class IndicatorBenchmark {

    private static final int SYMBOLS = 2_700;
    private static final int BARS = 750;

    /** Of one operation. */
    private static final int PART = 27;

    private static final int WIDTH = Indicator.VWAP.ordinal() + 1;

    private final Bars[] market = new Bars[SYMBOLS];
    private final BarSeries[] sample = new BarSeries[PART];
    private final SymbolIndicators[] evening = new SymbolIndicators[SYMBOLS];
    private final double[][][] saved = new double[SYMBOLS][][];
    private final double[] rows = new double[BARS * WIDTH];
    private int first;
    private int day;

    @Setup
    public void generate() {
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            market[symbol] = GeneratedBars.of(symbol, BARS);
            evening[symbol] = new SymbolIndicators();
            for (int bar = 0; bar < BARS; bar++) {
                evening[symbol].next(market[symbol], bar);
            }
            saved[symbol] = evening[symbol].save();
        }
        Arrays.setAll(sample, symbol -> Ta4j.series(market[symbol]));
    }

    /** Every technical indicator at every bar, by the kernels. */
    @Benchmark
    public void kernels(Blackhole hole) {
        for (Bars bars : part()) {
            SymbolIndicators indicators = new SymbolIndicators();
            for (int bar = 0; bar < BARS; bar++) {
                indicators.next(bars, bar);
                indicators.technical(rows, bar * WIDTH);
            }
            hole.consume(rows);
        }
    }

    /** The same numbers by one loop. */
    @Benchmark
    public void bareLoop(Blackhole hole) {
        for (Bars bars : part()) {
            BareLoop.run(bars.high(), bars.low(), bars.close(), bars.volume(), bars.value(), rows, WIDTH);
            hole.consume(rows);
        }
    }

    /** The same but the VWAP by ta4j, always for the first 27 symbols. */
    @Benchmark
    public void ta4j(Blackhole hole) {
        for (BarSeries series : sample) {
            for (org.ta4j.core.Indicator<Num> indicator : Ta4j.technical(series)) {
                for (int bar = 0; bar < BARS; bar++) {
                    hole.consume(indicator.getValue(bar));
                }
            }
        }
    }

    /** All bars, and every indicator at the last one: the market recomputed. */
    @Benchmark
    public void recomputation(Blackhole hole) {
        for (Bars bars : part()) {
            hole.consume(IndicatorSet.of("000000", bars));
        }
    }

    /** One more bar for each symbol, and every indicator. */
    @Benchmark
    public void day(Blackhole hole) {
        advance();
        day = (day + 1) % BARS;
        for (int symbol = first; symbol < first + PART; symbol++) {
            evening[symbol].next(market[symbol], day);
            hole.consume(evening[symbol].values());
        }
    }

    /** The same with each symbol's state restored before and saved after. */
    @Benchmark
    public void dayOfSavedStates(Blackhole hole) {
        advance();
        for (int symbol = first; symbol < first + PART; symbol++) {
            SymbolIndicators restored = SymbolIndicators.restore(saved[symbol]);
            restored.next(market[symbol], 0);
            hole.consume(restored.values());
            hole.consume(restored.save());
        }
    }

    private Bars[] part() {
        advance();
        return Arrays.copyOfRange(market, first, first + PART);
    }

    private void advance() {
        first = (first + PART) % SYMBOLS;
    }
}

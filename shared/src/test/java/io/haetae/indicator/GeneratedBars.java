package io.haetae.indicator;

import java.time.LocalDate;
import java.util.Random;

/** Bars of a share whose price wanders in whole won. */
final class GeneratedBars {

    private GeneratedBars() {}

    static Bars of(long seed, int size) {
        Random random = new Random(seed);
        double[] high = new double[size];
        double[] low = new double[size];
        double[] close = new double[size];
        double[] volume = new double[size];
        double[] value = new double[size];
        double[] index = new double[size];
        double price = 2_000 + random.nextInt(200_000);
        double level = 2_500;
        for (int i = 0; i < size; i++) {
            double open = price;
            double market = random.nextGaussian() * 0.01;
            level *= Math.exp(market);
            price = Math.max(100, Math.rint(price * Math.exp(market + random.nextGaussian() * 0.02)));
            index[i] = level;
            close[i] = price;
            high[i] = Math.rint(Math.max(open, price) * (1 + random.nextDouble() * 0.01));
            low[i] = Math.rint(Math.min(open, price) * (1 - random.nextDouble() * 0.01));
            volume[i] = 10_000 + random.nextInt(1_000_000);
            value[i] = Math.rint((high[i] + low[i]) / 2 * volume[i]);
        }
        return new Bars(LocalDate.EPOCH, high, low, close, volume, value, index);
    }
}

package io.haetae.indicator;

/**
 * The technical indicators of one symbol at every bar, written as one loop over arrays with nothing but local variables: what
 * the kernels' separation is measured against, and a second opinion on their values.
 */
final class BareLoop {

    private BareLoop() {}

    /** @param rows takes one row of {@code width} for each bar, in the order of {@link Indicator} */
    static void run(
            double[] high, double[] low, double[] close, double[] volume, double[] value, double[] rows, int width) {
        double sum5 = 0;
        double sum20 = 0;
        double sum50 = 0;
        double sum60 = 0;
        double sum120 = 0;
        double sum200 = 0;
        double volumeSum = 0;
        double ema12 = 0;
        double ema26 = 0;
        double signal = 0;
        double gain9 = 0;
        double loss9 = 0;
        double gain14 = 0;
        double loss14 = 0;
        double atr = 0;
        double plus = 0;
        double minus = 0;
        double adx = 0;
        double obv = 0;
        double raw1 = Double.NaN;
        double raw2 = Double.NaN;
        double k1 = Double.NaN;
        double k2 = Double.NaN;
        for (int i = 0; i < close.length; i++) {
            int row = i * width;
            double c = close[i];
            double h = high[i];
            double l = low[i];

            sum5 += i < 5 ? c : c - close[i - 5];
            sum20 += i < 20 ? c : c - close[i - 20];
            sum50 += i < 50 ? c : c - close[i - 50];
            sum60 += i < 60 ? c : c - close[i - 60];
            sum120 += i < 120 ? c : c - close[i - 120];
            sum200 += i < 200 ? c : c - close[i - 200];
            volumeSum += i < 20 ? volume[i] : volume[i] - volume[i - 20];
            double middle = i < 19 ? Double.NaN : sum20 / 20;
            rows[row] = i < 4 ? Double.NaN : sum5 / 5;
            rows[row + 1] = middle;
            rows[row + 2] = i < 49 ? Double.NaN : sum50 / 50;
            rows[row + 3] = i < 59 ? Double.NaN : sum60 / 60;
            rows[row + 4] = i < 119 ? Double.NaN : sum120 / 120;
            rows[row + 5] = i < 199 ? Double.NaN : sum200 / 200;
            rows[row + 21] = i < 19 ? Double.NaN : volumeSum / 20;

            ema12 = i < 12 ? ema12 + c / 12 : ema12 + 2.0 / 13 * (c - ema12);
            ema26 = i < 26 ? ema26 + c / 26 : ema26 + 2.0 / 27 * (c - ema26);
            double line = i < 25 ? Double.NaN : ema12 - ema26;
            if (i >= 25) {
                signal = i < 34 ? signal + line / 9 : signal + 0.2 * (line - signal);
            }
            rows[row + 6] = i < 11 ? Double.NaN : ema12;
            rows[row + 7] = i < 25 ? Double.NaN : ema26;
            rows[row + 10] = line;
            rows[row + 11] = i < 33 ? Double.NaN : signal;
            rows[row + 12] = i < 33 ? Double.NaN : line - signal;

            double squares = 0;
            if (i >= 19) {
                for (int j = i - 19; j <= i; j++) {
                    squares += (close[j] - middle) * (close[j] - middle);
                }
            }
            double width20 = 2 * Math.sqrt(squares / 20);
            rows[row + 13] = middle + width20;
            rows[row + 14] = middle;
            rows[row + 15] = middle - width20;

            double range = h - l;
            if (i > 0) {
                double before = close[i - 1];
                double gain = Math.max(c - before, 0);
                double loss = Math.max(before - c, 0);
                gain9 = i <= 9 ? gain9 + gain / 9 : gain9 + (gain - gain9) * (1.0 / 9);
                loss9 = i <= 9 ? loss9 + loss / 9 : loss9 + (loss - loss9) * (1.0 / 9);
                gain14 = i <= 14 ? gain14 + gain / 14 : gain14 + (gain - gain14) * (1.0 / 14);
                loss14 = i <= 14 ? loss14 + loss / 14 : loss14 + (loss - loss14) * (1.0 / 14);
                range = Math.max(h, before) - Math.min(l, before);
                double rise = h - high[i - 1];
                double fall = low[i - 1] - l;
                double up = rise > fall ? Math.max(rise, 0) : 0;
                double down = fall > rise ? Math.max(fall, 0) : 0;
                plus = i <= 14 ? plus + up / 14 : plus + (up - plus) * (1.0 / 14);
                minus = i <= 14 ? minus + down / 14 : minus + (down - minus) * (1.0 / 14);
                if (i >= 14) {
                    double both = plus + minus;
                    double dx = both == 0 ? 0 : 100 * Math.abs(plus - minus) / both;
                    adx = i <= 27 ? adx + dx / 14 : adx + (dx - adx) * (1.0 / 14);
                }
                obv += Math.signum(c - before) * volume[i];
            } else {
                obv = volume[i];
            }
            atr = i < 14 ? atr + range / 14 : atr + (range - atr) * (1.0 / 14);
            double both9 = gain9 + loss9;
            double both14 = gain14 + loss14;
            rows[row + 8] = i < 9 ? Double.NaN : both9 == 0 ? 50 : 100 * gain9 / both9;
            rows[row + 9] = i < 14 ? Double.NaN : both14 == 0 ? 50 : 100 * gain14 / both14;
            rows[row + 16] = i < 13 ? Double.NaN : atr;
            rows[row + 19] = i < 27 ? Double.NaN : adx;
            rows[row + 20] = obv;

            double raw = Double.NaN;
            if (i >= 13) {
                double highest = h;
                double lowest = l;
                for (int j = i - 13; j < i; j++) {
                    highest = Math.max(highest, high[j]);
                    lowest = Math.min(lowest, low[j]);
                }
                raw = highest == lowest ? 50 : 100 * (c - lowest) / (highest - lowest);
            }
            double k = (raw2 + raw1 + raw) / 3;
            rows[row + 17] = k;
            rows[row + 18] = (k2 + k1 + k) / 3;
            raw2 = raw1;
            raw1 = raw;
            k2 = k1;
            k1 = k;

            rows[row + 22] = i < 20 ? Double.NaN : (c - close[i - 20]) / close[i - 20] * 100;
            rows[row + 23] = value[i] > 0 ? value[i] / volume[i] : Double.NaN;
        }
    }
}

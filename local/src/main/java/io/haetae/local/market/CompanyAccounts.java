package io.haetae.local.market;

/**
 * What a company earned and is worth, a share, as the broker shows it in each calendar quarter.
 *
 * @param share the common one
 * @param shares that earnings and worth are counted by; splits are left out
 * @param firstQuarter of the figures: year × 4 + 0 to 3
 * @param eps of twelve months, won a share
 * @param bps won a share
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and as large as a market's history
public record CompanyAccounts(Listing share, long shares, int firstQuarter, double[] eps, double[] bps) {

    /** Twelve months' earnings of the whole company; before the first figures they grow towards these. */
    double profit(int quarter) {
        return at(eps, quarter, 0.015);
    }

    /** Equity of the whole company. */
    double equity(int quarter) {
        return at(bps, quarter, 0.012);
    }

    private double at(double[] figures, int quarter, double growth) {
        int index = Math.min(quarter - firstQuarter, figures.length - 1);
        double figure = index >= 0 ? figures[index] : figures[0] / StrictMath.pow(1 + growth, -index);
        return figure * shares;
    }
}

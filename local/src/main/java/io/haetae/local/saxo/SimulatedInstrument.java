package io.haetae.local.saxo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the simulated bank trades.
 *
 * @param primaryListing Uic of the primary listing
 * @param decimals of its prices
 * @param level price that its walk returns to
 * @param stepPercent typical move an hour, percent
 * @param halfSpread from the middle to bid and ask
 */
record SimulatedInstrument(
        long uic,
        String assetType,
        String symbol,
        String description,
        String currency,
        String exchange,
        long primaryListing,
        Hours hours,
        int decimals,
        int amountDecimals,
        BigDecimal minimumAmount,
        BigDecimal level,
        double stepPercent,
        BigDecimal halfSpread) {

    enum Hours {
        /** Sunday 17:04 to Friday 16:59 in New York, with a break of five minutes a day. */
        AROUND_THE_CLOCK,
        /** 9:30 to 16:00 in New York, Monday to Friday. */
        US_STOCKS
    }

    static final List<SimulatedInstrument> ALL = List.of(
            pair(21, "FxSpot", "EURUSD", "Euro/US Dollar", 5, "1000", 6, "1.1000", 0.09, "0.00008"),
            pair(31, "FxSpot", "GBPUSD", "British Pound/US Dollar", 5, "1000", 6, "1.2700", 0.10, "0.00010"),
            pair(21700189, "FxCrypto", "BTCUSD", "Bitcoin/US Dollar", 2, "0.01", 2, "95000", 0.45, "15"),
            pair(21750301, "FxCrypto", "ETHUSD", "Ether/US Dollar", 2, "0.10", 2, "3200", 0.55, "0.9"),
            share(211, "AAPL:xnas", "Apple Inc.", "USD", "NASDAQ", 211, "225", 0.45),
            // A second listing: a search for AAPL alone is not one row, as at the bank.
            share(5250211, "AAPL:xfra", "Apple Inc.", "EUR", "FSE", 211, "205", 0.45),
            share(261, "MSFT:xnas", "Microsoft Corp.", "USD", "NASDAQ", 261, "420", 0.40),
            share(307421, "GOOGL:xnas", "Alphabet Inc. - A", "USD", "NASDAQ", 307421, "175", 0.45),
            share(47556, "TSLA:xnas", "Tesla Inc.", "USD", "NASDAQ", 47556, "330", 0.80),
            share(112, "AMZN:xnas", "Amazon.com Inc.", "USD", "NASDAQ", 112, "205", 0.50));

    private static SimulatedInstrument pair(
            long uic,
            String assetType,
            String symbol,
            String description,
            int decimals,
            String minimum,
            int amountDecimals,
            String level,
            double stepPercent,
            String halfSpread) {
        return new SimulatedInstrument(
                uic,
                assetType,
                symbol,
                description,
                "USD",
                "SBFX",
                uic,
                Hours.AROUND_THE_CLOCK,
                decimals,
                amountDecimals,
                new BigDecimal(minimum),
                new BigDecimal(level),
                stepPercent,
                new BigDecimal(halfSpread));
    }

    private static SimulatedInstrument share(
            long uic,
            String symbol,
            String description,
            String currency,
            String exchange,
            long primary,
            String level,
            double stepPercent) {
        return new SimulatedInstrument(
                uic,
                "Stock",
                symbol,
                description,
                currency,
                exchange,
                primary,
                Hours.US_STOCKS,
                2,
                4,
                BigDecimal.ONE,
                new BigDecimal(level),
                stepPercent,
                new BigDecimal("0.01"));
    }

    static Optional<SimulatedInstrument> byUic(long uic) {
        return ALL.stream().filter(instrument -> instrument.uic == uic).findFirst();
    }

    /** @param uic in digits, as it stands in an address */
    static Optional<SimulatedInstrument> find(String uic, String assetType) {
        return ALL.stream()
                .filter(instrument -> Long.toString(instrument.uic).equals(uic) && instrument.answersTo(assetType))
                .findFirst();
    }

    /** What the market takes of one order in a minute. */
    BigDecimal depth() {
        return switch (assetType) {
            case "FxSpot" -> BigDecimal.valueOf(1_000_000);
            case "FxCrypto" -> BigDecimal.valueOf(5);
            default -> BigDecimal.valueOf(1_000);
        };
    }

    /** The bank still takes FxSpot for what it calls FxCrypto in answers. */
    boolean answersTo(String type) {
        return assetType.equals(type) || (assetType.equals("FxCrypto") && type.equals("FxSpot"));
    }

    boolean matches(String keywords) {
        String wanted = keywords.toLowerCase(Locale.ROOT);
        return symbol.toLowerCase(Locale.ROOT).contains(wanted)
                || description.toLowerCase(Locale.ROOT).contains(wanted);
    }

    boolean isShare() {
        return assetType.equals("Stock");
    }
}

package io.haetae.risk;

/** What risk is limited by. The names are codes in denials, reports and events. */
public enum Limit {
    /** Positions held, and entries working. */
    POSITION_COUNT,
    /** Percent of the portfolio in one instrument. */
    POSITION_SIZE,
    /** Percent below the highest value the portfolio had. */
    DRAWDOWN,
    /** Percent of the initial capital lost. */
    TOTAL_LOSS,
    /** Percent of the portfolio lost since the day began. */
    DAILY_LOSS
}

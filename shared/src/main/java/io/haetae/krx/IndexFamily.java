package io.haetae.krx;

/** What one call for indices answers. */
public enum IndexFamily {
    KOSPI("kospi_dd_trd"),
    KOSDAQ("kosdaq_dd_trd"),
    /** Indices over both markets, such as KRX 300. */
    KRX("krx_dd_trd");

    private final String api;

    IndexFamily(String api) {
        this.api = api;
    }

    String api() {
        return api;
    }
}

package io.haetae.market;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the Exchange's base information says of a listed share. Texts are the Exchange's own, empty when it says nothing.
 *
 * @param symbol the short code, six characters of digits and capital letters
 * @param isin twelve characters
 * @param name the abbreviated name, which the daily rows carry too
 * @param formalName with the kind of share in it ({@code …보통주})
 * @param listed first day of trading on this market
 * @param group kind of security: {@code 주권}, {@code 외국주권}, {@code 주식예탁증권}, {@code 부동산투자회사}, …
 * @param department of the KOSDAQ board ({@code 우량기업부}, {@code 관리종목(…)}, …), which is no industry; empty on KOSPI
 * @param kind kind of share: {@code 보통주}, {@code 구형우선주}, {@code 신형우선주}, {@code 종류주권}
 * @param parValue in the currency of the company; null when the share has none ({@code 무액면}) or none is told
 * @param shares listed
 */
public record ListedShare(
        String symbol,
        String isin,
        KrxMarket market,
        String name,
        String formalName,
        String englishName,
        LocalDate listed,
        String group,
        String department,
        String kind,
        @Nullable BigDecimal parValue,
        long shares) {

    /**
     * On the board of administrative issues (KOSDAQ Market Listing Regulation, designation of administrative issues). KOSPI's base
     * information does not tell, so false there says nothing.
     */
    public boolean administrative() {
        return department.startsWith("관리종목");
    }

    public boolean common() {
        return kind.equals("보통주");
    }
}

package io.haetae.dart;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a statement that we read, by their number in the taxonomy, else by their name: one line in eight carries no
 * number of the standard taxonomy.
 */
enum Account {
    ASSETS(Sheet.BALANCE, "자산총계", "ifrs-full_Assets", "ifrs_Assets"),
    CURRENT_ASSETS(Sheet.BALANCE, "유동자산", "ifrs-full_CurrentAssets", "ifrs_CurrentAssets"),
    LIABILITIES(Sheet.BALANCE, "부채총계", "ifrs-full_Liabilities", "ifrs_Liabilities"),
    CURRENT_LIABILITIES(Sheet.BALANCE, "유동부채", "ifrs-full_CurrentLiabilities", "ifrs_CurrentLiabilities"),
    EQUITY(Sheet.BALANCE, "자본총계", "ifrs-full_Equity", "ifrs_Equity"),
    OWNERS_EQUITY(
            Sheet.BALANCE,
            "지배기업(의)?소유주(에게귀속되는자본|지분)|지배주주지분",
            "ifrs-full_EquityAttributableToOwnersOfParent",
            "ifrs_EquityAttributableToOwnersOfParent"),
    REVENUE(Sheet.INCOME, "매출액|수익\\(매출액\\)|영업수익|매출", "ifrs-full_Revenue", "ifrs_Revenue"),
    OPERATING_PROFIT(
            Sheet.INCOME,
            "영업(이익|손실|손익)(\\((손실|이익)\\))?",
            "dart_OperatingIncomeLoss",
            "ifrs-full_ProfitLossFromOperatingActivities"),
    NET_PROFIT(Sheet.INCOME, "(연결)?(당기|반기|분기)순(이익|손실|손익)(\\((손실|이익)\\))?", "ifrs-full_ProfitLoss", "ifrs_ProfitLoss"),
    OWNERS_PROFIT(
            Sheet.INCOME,
            "지배기업(의)?소유주(에게귀속되는|지분)(연결)?(당기|반기|분기)순(이익|손실|손익)(\\((손실|이익)\\))?",
            "ifrs-full_ProfitLossAttributableToOwnersOfParent",
            "ifrs_ProfitLossAttributableToOwnersOfParent");

    /** Where an account stands, in the order of looking: most companies have income in the comprehensive statement alone. */
    enum Sheet {
        BALANCE("BS"),
        INCOME("IS", "CIS");

        private final List<String> codes;

        Sheet(String... codes) {
            this.codes = List.of(codes);
        }

        List<String> codes() {
            return codes;
        }
    }

    private final Sheet sheet;
    private final Pattern names;
    private final List<String> ids;

    Account(Sheet sheet, String names, String... ids) {
        this.sheet = sheet;
        this.names = Pattern.compile(names);
        this.ids = List.of(ids);
    }

    Sheet sheet() {
        return sheet;
    }

    boolean hasId(AccountRow row) {
        return ids.contains(row.id());
    }

    boolean hasName(AccountRow row) {
        return names.matcher(row.name()).matches();
    }
}

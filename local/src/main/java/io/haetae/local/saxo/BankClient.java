package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The bank's one client and the two accounts of it. */
final class BankClient {

    static final String CLIENT_KEY = "simulated-client";
    static final String USD_ACCOUNT = "simulated-account";
    static final String EUR_ACCOUNT = "simulated|account-eur=";
    static final String CLIENT_ID = "90000001";

    private BankClient() {}

    static boolean has(String accountKey) {
        return accountKey.equals(USD_ACCOUNT) || accountKey.equals(EUR_ACCOUNT);
    }

    static ObjectNode user() {
        ObjectNode user = BankJson.MAPPER.createObjectNode();
        user.put("ClientKey", CLIENT_KEY);
        user.put("Culture", "en-GB");
        user.put("Language", "en");
        user.putArray("LegalAssetTypes").add("FxSpot").add("FxCrypto").add("Stock");
        user.put("MarketDataViaOpenApiTermsAccepted", true);
        user.put("Name", "Simulated Client");
        user.put("TimeZoneId", 0);
        user.put("UserId", CLIENT_ID);
        user.put("UserKey", CLIENT_KEY);
        return user;
    }

    static ObjectNode client() {
        ObjectNode client = BankJson.MAPPER.createObjectNode();
        client.put("ClientId", CLIENT_ID);
        client.put("ClientKey", CLIENT_KEY);
        client.put("CurrencyDecimals", 2);
        client.put("DefaultAccountId", CLIENT_ID + "EUR");
        client.put("DefaultAccountKey", EUR_ACCOUNT);
        client.put("DefaultCurrency", "EUR");
        client.put("IsMarginTradingAllowed", true);
        client.putArray("LegalAssetTypes").add("FxSpot").add("FxCrypto").add("Stock");
        client.put("Name", "Simulated Client");
        client.put("PositionNettingMethod", "FIFO");
        client.put("PositionNettingMode", "Intraday");
        client.put("PositionNettingProfile", "FifoRealTime");
        client.put("ReduceExposureOnly", false);
        return client;
    }

    static ObjectNode accounts() {
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        for (String currency : List.of("EUR", "USD")) {
            ObjectNode account = data.addObject();
            account.put("AccountId", CLIENT_ID + currency);
            account.put("AccountKey", currency.equals("USD") ? USD_ACCOUNT : EUR_ACCOUNT);
            account.put("AccountType", "Normal");
            account.put("Active", true);
            account.put("ClientId", CLIENT_ID);
            account.put("ClientKey", CLIENT_KEY);
            account.put("Currency", currency);
            account.put("CurrencyDecimals", 2);
            account.put("FractionalOrderEnabled", false);
            account.put("IsMarginTradingAllowed", true);
            account.put("IsTrialAccount", true);
            account.putArray("LegalAssetTypes").add("FxSpot").add("FxCrypto").add("Stock");
        }
        return BankJson.collection(data);
    }
}

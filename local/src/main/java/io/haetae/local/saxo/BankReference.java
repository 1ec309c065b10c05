package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Request;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;

/** What can be traded, under which rules and when. */
final class BankReference {

    private final SaxoMarket market;
    private final TimeSource time;

    BankReference(SaxoMarket market, TimeSource time) {
        this.market = market;
        this.time = time;
    }

    static ObjectNode search(Request request) {
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        List<String> types = List.of(request.parameter("AssetTypes").split(",", -1));
        for (SimulatedInstrument instrument : SimulatedInstrument.ALL) {
            if (!instrument.matches(request.parameter("Keywords"))
                    || types.stream().noneMatch(type -> type.isEmpty() || instrument.answersTo(type))) {
                continue;
            }
            ObjectNode row = data.addObject();
            row.put("AssetType", instrument.assetType());
            row.put("CurrencyCode", instrument.currency());
            row.put("Description", instrument.description());
            row.put("ExchangeId", instrument.exchange());
            row.put("Identifier", instrument.uic());
            if (instrument.isShare()) {
                row.put("PrimaryListing", instrument.primaryListing());
            }
            row.put("SummaryType", "Instrument");
            row.put("Symbol", instrument.symbol());
            row.putArray("TradableAs").add(instrument.assetType());
        }
        return BankJson.collection(data);
    }

    static ObjectNode details(SimulatedInstrument instrument) {
        ObjectNode details = BankJson.MAPPER.createObjectNode();
        details.put("AmountDecimals", instrument.amountDecimals());
        details.put("AssetType", instrument.assetType());
        details.put("CurrencyCode", instrument.currency());
        details.put("DefaultAmount", instrument.minimumAmount());
        details.put("Description", instrument.description());
        details.putObject("Exchange").put("ExchangeId", instrument.exchange());
        int decimals = instrument.isShare() ? 2 : Math.max(instrument.decimals() - 1, 2);
        details.putObject("Format")
                .put("Decimals", decimals)
                .put("Format", instrument.isShare() ? "Normal" : "AllowDecimalPips")
                .put("OrderDecimals", decimals);
        details.put("IncrementSize", instrument.minimumAmount());
        details.put("IsTradable", true);
        details.put("LotSizeType", "NotUsed");
        details.put("MinimumTradeSize", instrument.minimumAmount());
        details.put("NonTradableReason", "None");
        details.putArray("SupportedOrderTypes").add("Limit").add("Market");
        details.put("Symbol", instrument.symbol());
        details.put("TickSize", BigDecimal.ONE.movePointLeft(instrument.decimals()));
        details.put("TradingStatus", "Tradable");
        details.put("Uic", instrument.uic());
        return details;
    }

    ObjectNode schedule(SimulatedInstrument instrument) {
        ObjectNode schedule = BankJson.MAPPER.createObjectNode();
        ArrayNode sessions = schedule.putArray("Sessions");
        for (SaxoMarket.Stretch stretch : market.schedule(instrument, time.now())) {
            sessions.addObject()
                    .put("EndTime", BankJson.instant(stretch.end()))
                    .put("StartTime", BankJson.instant(stretch.start()))
                    .put("State", stretch.state());
        }
        ZoneOffset offset = SaxoMarket.NEW_YORK.getRules().getOffset(time.now());
        schedule.put("TimeZone", 3);
        schedule.put("TimeZoneAbbreviation", offset.getTotalSeconds() == -4 * 3600 ? "EDT" : "EST");
        schedule.put("TimeZoneOffset", offset + ":00");
        return schedule;
    }

    ObjectNode exchanges() {
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        exchange(
                data, "NASDAQ", "XNAS", "NASDAQ", SimulatedInstrument.byUic(211).orElseThrow());
        exchange(
                data,
                "SBFX",
                "SBFX",
                "Inter Bank",
                SimulatedInstrument.byUic(21).orElseThrow());
        return BankJson.collection(data);
    }

    private void exchange(ArrayNode data, String id, String mic, String name, SimulatedInstrument member) {
        ObjectNode row = data.addObject();
        row.put("AllDay", !member.isShare());
        row.put("CountryCode", member.isShare() ? "US" : "DK");
        row.put("Currency", "USD");
        row.put("ExchangeId", id);
        ArrayNode sessions = row.putArray("ExchangeSessions");
        for (SaxoMarket.Stretch stretch : market.schedule(member, time.now())) {
            sessions.addObject()
                    .put("EndTime", BankJson.instant(stretch.end()))
                    .put("StartTime", BankJson.instant(stretch.start()))
                    .put("State", stretch.state());
        }
        row.put("Mic", mic);
        row.put("Name", name);
    }
}

package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Answer;
import io.haetae.local.http.Request;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Prices of the moment and bars. */
final class BankPrices {

    private final SaxoMarket market;
    private final TimeSource time;
    private final Map<String, ObjectNode> closedBars = new HashMap<>();

    BankPrices(SaxoMarket market, TimeSource time) {
        this.market = market;
        this.time = time;
    }

    Answer infoPrices(Request request) {
        String assetType = request.parameter("AssetType");
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        for (String uic : request.parameter("Uics").split(",", -1)) {
            Optional<SimulatedInstrument> instrument = SimulatedInstrument.find(uic, assetType);
            if (instrument.isEmpty()) {
                if (uic.isEmpty() || uic.length() > 12 || !uic.chars().allMatch(Character::isDigit)) {
                    return BankJson.error(400, "InvalidUic", "Uic is invalid");
                }
                data.addObject()
                        .put("AssetType", assetType)
                        .put("ErrorCode", "IllegalInstrumentId")
                        .put("ErrorMessage", "Instrument ID is invalid")
                        .put("Uic", Long.parseLong(uic));
                continue;
            }
            data.add(infoPrice(instrument.get()));
        }
        return BankJson.ok(BankJson.collection(data));
    }

    private ObjectNode infoPrice(SimulatedInstrument instrument) {
        Instant now = time.now();
        boolean open = market.isOpen(instrument, now);
        BigDecimal middle = market.middle(instrument, now);
        Instant session = market.sessionStart(instrument, now);
        SaxoMarket.MiddleBar day = market.bar(
                instrument,
                session,
                Duration.between(session, market.lastTrading(instrument, now)).plusMinutes(1),
                now);
        ObjectNode row = BankJson.MAPPER.createObjectNode();
        row.put("AssetType", instrument.assetType());
        row.putObject("DisplayAndFormat")
                .put("Currency", instrument.currency())
                .put("Decimals", instrument.decimals())
                .put("Description", instrument.description())
                .put("Symbol", instrument.symbol());
        row.put("LastUpdated", BankJson.instant(market.lastTrading(instrument, now)));
        row.putObject("PriceInfo")
                .put("High", day.high())
                .put("Low", day.low())
                .put("NetChange", middle.subtract(day.open()));
        row.putObject("PriceInfoDetails")
                .put("LastTraded", instrument.isShare() ? middle : BigDecimal.ZERO)
                .put("Open", instrument.isShare() ? day.open() : BigDecimal.ZERO)
                .put("Volume", 0);
        row.put("PriceSource", instrument.exchange());
        String type = open ? "Tradable" : "OldIndicative";
        row.putObject("Quote")
                .put("Ask", middle.add(instrument.halfSpread()))
                .put("Bid", middle.subtract(instrument.halfSpread()))
                .put("DelayedByMinutes", 0)
                .put("ErrorCode", "None")
                .put("MarketState", open ? "Open" : "Closed")
                .put("Mid", middle)
                .put("PriceSource", instrument.exchange())
                .put("PriceSourceType", "Firm")
                .put("PriceTypeAsk", type)
                .put("PriceTypeBid", type);
        row.put("Uic", instrument.uic());
        return row;
    }

    Answer charts(Request request) {
        Optional<SimulatedInstrument> found =
                SimulatedInstrument.find(request.parameter("Uic"), request.parameter("AssetType"));
        if (found.isEmpty()) {
            return BankJson.error(404, "IllegalInstrumentId", "Instrument ID is invalid");
        }
        int horizon =
                switch (request.parameter("Horizon")) {
                    case "1" -> 1;
                    case "5" -> 5;
                    case "10" -> 10;
                    case "15" -> 15;
                    case "30" -> 30;
                    case "60" -> 60;
                    case "120" -> 120;
                    case "240" -> 240;
                    default -> 0;
                };
        String countText = request.parameter("Count");
        if (horizon == 0 || !countText.matches("[0-9]{1,4}|")) {
            return BankJson.error(400, "InvalidRequest", "Horizon or Count is not served");
        }
        int count = countText.isEmpty() ? 1200 : Math.clamp(Integer.parseInt(countText), 1, 1200);
        SimulatedInstrument instrument = found.get();
        Duration length = Duration.ofMinutes(horizon);
        Instant now = time.now();
        ObjectNode body = BankJson.MAPPER.createObjectNode();
        body.putObject("ChartInfo")
                .put("DelayedByMinutes", 0)
                .put("ExchangeId", instrument.exchange())
                .put("Horizon", horizon);
        ArrayNode data = body.putArray("Data");
        for (Instant start : market.barStarts(instrument, length, count, now)) {
            String name = instrument.uic() + "/" + horizon + "/" + start;
            ObjectNode known = closedBars.get(name);
            if (known == null) {
                SaxoMarket.MiddleBar bar = market.bar(instrument, start, length, now);
                known = sample(instrument, bar);
                if (bar.closed()) {
                    closedBars.put(name, known);
                }
            }
            data.add(known);
        }
        body.put("DataVersion", 1);
        return BankJson.ok(body);
    }

    private static ObjectNode sample(SimulatedInstrument instrument, SaxoMarket.MiddleBar bar) {
        ObjectNode sample = BankJson.MAPPER.createObjectNode();
        if (instrument.isShare()) {
            sample.put("Close", bar.close());
            sample.put("High", bar.high());
            sample.put("Interest", 0);
            sample.put("Low", bar.low());
            sample.put("Open", bar.open());
            sample.put("Time", BankJson.instant(bar.start()));
            sample.put("Volume", 0);
            return sample;
        }
        BigDecimal half = instrument.halfSpread();
        sample.put("CloseAsk", bar.close().add(half));
        sample.put("CloseBid", bar.close().subtract(half));
        sample.put("HighAsk", bar.high().add(half));
        sample.put("HighBid", bar.high().subtract(half));
        sample.put("LowAsk", bar.low().add(half));
        sample.put("LowBid", bar.low().subtract(half));
        sample.put("OpenAsk", bar.open().add(half));
        sample.put("OpenBid", bar.open().subtract(half));
        sample.put("Time", BankJson.instant(bar.start()));
        return sample;
    }
}

package io.haetae.local.chaos;

import io.haetae.job.JobName;
import io.haetae.market.Venue;
import io.haetae.order.Order;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.risk.TradingState;
import io.haetae.store.ArmingMapper;
import io.haetae.store.OrderMapper;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A day in which every trading job has something to do, and the broker that it trades with. */
enum Scene {
    /**
     * Entries before the open; one fills and falls to its stop, one rises to its target in a thin market and then falls to
     * its stop, one fills in part, one not at all; then somebody halts trading, and the day ends.
     */
    KOREAN_PAPER(Mode.DRY_RUN, Venue.KIS) {
        @Override
        Script script(Morning morning) {
            return korean(morning, _ -> {});
        }

        @Override
        Map<String, String> settings() {
            return Map.of("ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY", "100");
        }

        @Override
        void steer(Morning morning, SteeredMarket market, Store store) {
            steerEntries(morning, market, store);
        }
    },
    /** The same day with real money, armed by a person, at the broker's own books. */
    KOREAN_LIVE(Mode.LIVE, Venue.KIS) {
        @Override
        Script script(Morning morning) {
            return korean(morning, store -> arm(store, morning));
        }

        @Override
        Map<String, String> settings() {
            return Map.of("ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY", "100", "ORCHESTRATOR_DRY_RUN", "false");
        }

        @Override
        void steer(Morning morning, SteeredMarket market, Store store) {
            steerEntries(morning, market, store);
        }
    },
    /** The same day in the broker's paper environment, which nobody arms. */
    KOREAN_SIM(Mode.SIM, Venue.KIS) {
        @Override
        Script script(Morning morning) {
            return korean(morning, _ -> {});
        }

        @Override
        Map<String, String> settings() {
            return Map.of(
                    "ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY",
                    "100",
                    "ORCHESTRATOR_DRY_RUN",
                    "false",
                    "KIS_ENV",
                    "paper");
        }

        @Override
        void steer(Morning morning, SteeredMarket market, Store store) {
            steerEntries(morning, market, store);
        }
    },
    /** An entry on a bar that crossed; the next cycle sells, for stop and target stand next to its price. */
    SAXO_PAPER(Mode.DRY_RUN, Venue.SAXO) {
        @Override
        Script script(Morning morning) {
            return saxo(morning).done();
        }

        @Override
        Map<String, String> settings() {
            return Map.of("STOP_LOSS_PERCENT", "0.0001", "TAKE_PROFIT_PERCENT", "0.0001");
        }
    },
    /**
     * The same cycles on a trial account, at the bank's own books. What was perhaps sent is judged when the hour of its bar
     * is over.
     */
    SAXO_SIM(Mode.SIM, Venue.SAXO) {
        @Override
        Script script(Morning morning) {
            return saxo(morning).afterMidnight("00:40", JobName.SAXO_CYCLE).done();
        }

        @Override
        Map<String, String> settings() {
            return Map.of(
                    "STOP_LOSS_PERCENT",
                    "0.0001",
                    "TAKE_PROFIT_PERCENT",
                    "0.0001",
                    "DRY_RUN",
                    "false",
                    "SAXO_ENV",
                    "SIM");
        }
    };

    private final Mode mode;
    private final Venue venue;

    Scene(Mode mode, Venue venue) {
        this.mode = mode;
        this.venue = venue;
    }

    abstract Script script(Morning morning);

    abstract Map<String, String> settings();

    /** Moves the market by what was ordered. */
    void steer(Morning morning, SteeredMarket market, Store store) {}

    AccountId account() {
        return switch (venue) {
            case KIS -> new AccountId(mode, venue, "default_user", "KRW");
            case SAXO -> new AccountId(mode, venue, "default_user", "USD");
        };
    }

    Trials trials(Morning morning, Trials.Engine engine, boolean locked, Path folder) {
        SteeredMarket market = new SteeredMarket(morning.market(), flowing());
        return new Trials(morning, market, script(morning), settings(), account(), engine, locked, folder);
    }

    Script korean(Morning morning, Consumer<Store> first) {
        return new Script.Builder(morning)
                .tried("08:45", first, JobName.SIGNAL_GENERATION)
                .tried("09:00", JobName.POSITION_MONITORING)
                .tried("09:15", JobName.POSITION_MONITORING)
                .tried("09:30", JobName.POSITION_MONITORING)
                .tried("10:00", store -> halt(store, morning.at("09:55")), JobName.RISK_CHECKS)
                .tried("10:15", JobName.POSITION_MONITORING)
                .then("15:30", JobName.POSITION_MONITORING)
                .then("16:00", JobName.RISK_CHECKS)
                .done();
    }

    Script.Builder saxo(Morning morning) {
        return new Script.Builder(morning)
                .tried("23:30", JobName.SAXO_CYCLE)
                .tried("23:35", JobName.SAXO_CYCLE)
                .then("23:40", JobName.SAXO_CYCLE);
    }

    void arm(Store store, Morning morning) {
        arm(store, morning.at("08:40"), morning.at("23:59"));
    }

    /** The second key, where the account needs one. */
    void arm(Store store, Instant at, Instant until) {
        if (mode == Mode.LIVE) {
            var _ = new ArmingMapper(store)
                    .arm(account(), "someone", "watched for a year", at, until, BigDecimal.valueOf(1_000_000_000));
        }
    }

    void halt(Store store, Instant at) {
        var _ = new TradingStateMapper(store).raise(account(), TradingState.HALTED, "someone", "enough for today", at);
    }

    /** Whether the broker fills by what is traded in each minute. */
    boolean flowing() {
        return mode != Mode.DRY_RUN;
    }

    void steerEntries(Morning morning, SteeredMarket market, Store store) {
        List<String> entries = new OrderMapper(store)
                .ofSession(account(), morning.session()).stream()
                        .filter(Order::isEntry)
                        .map(order -> order.instrument().code())
                        .sorted()
                        .toList();
        if (entries.size() < 4) {
            throw new AssertionError("the scene needs four entries, there are " + entries);
        }
        String falls = entries.get(0);
        String rises = entries.get(1);
        String thin = entries.get(2);
        String dear = entries.get(3);
        market.steer(falls, morning.at("09:00"), 98, 90_000_000);
        market.steer(falls, morning.at("09:10"), 80, 91_000_000);
        market.steer(rises, morning.at("09:00"), 98, 90_000_000);
        market.steer(rises, morning.at("09:10"), 125, flowing() ? 200 : 900);
        market.steer(rises, morning.at("09:20"), 75, flowing() ? 20 : 99_000_000);
        market.steer(rises, morning.at("09:31"), 75, 99_000_000);
        market.steer(thin, morning.at("09:00"), 98, flowing() ? 20 : 700);
        market.steer(dear, morning.at("09:00"), 105, 50_000);
    }
}

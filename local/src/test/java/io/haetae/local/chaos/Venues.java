package io.haetae.local.chaos;

import io.haetae.kis.KisToken;
import io.haetae.local.http.Answer;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.local.kis.KisSimulator;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.saxo.SaxoSimulator;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The brokers of a world. They outlive the processes that call them, and know which process is calling. */
final class Venues implements AutoCloseable {

    private static final long SEED = 1;

    private final TimeSource time;
    private final Path folder;
    private final KisSimulator kis;
    private final SaxoSimulator saxo;
    private final List<Map<String, Long>> moments = new ArrayList<>(List.of(Map.of()));
    private volatile Calls caller = new Calls(Calls.CALM);

    /**
     * @param mode that orders are traded in: the Korean broker has an environment of its own for SIM
     * @param folder where the simulators keep what they remember
     */
    Venues(Mode mode, TimeSource time, SimulatedMarket market, Path folder) {
        this.time = time;
        this.folder = folder;
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        kis = new KisSimulator(time, market, folder.resolve("kis-simulator.json"), any, mode == Mode.SIM);
        saxo = new SaxoSimulator(time, SEED, folder.resolve("saxo-simulator.json"), any);
        kis.server().around(route -> request -> answer("KIS ", watched(route), request));
        saxo.server().around(route -> request -> answer("Saxo ", route, request));
    }

    /** Requests are this process's from now on. */
    void calledBy(Calls process) {
        caller = process;
    }

    /** What an answer can have shown of people's trades is what they are when it is given. */
    private LoopbackServer.Route watched(LoopbackServer.Route route) {
        return request -> {
            Answer answer = route.answer(request);
            Map<String, Long> moved = kis.movedByHand();
            synchronized (moments) {
                if (!moved.equals(moments.getLast())) {
                    moments.add(moved);
                }
            }
            return answer;
        };
    }

    private List<Map<String, Long>> moments() {
        synchronized (moments) {
            return List.copyOf(moments);
        }
    }

    private Answer answer(String venue, LoopbackServer.Route route, Request request) throws IOException {
        Calls calls = caller;
        Kind kind = request.method().equals("GET") ? Kind.ASK : Kind.POST;
        String what = venue + request.method() + " " + request.path();
        Fate fate = calls.next(kind, what);
        return switch (fate) {
            case PASSES -> route.answer(request);
            case DIES_BEFORE, FAILS, DEAD -> throw new IOException("planned: not taken");
            case DIES_AFTER -> {
                Answer _ = route.answer(request);
                throw new IOException("planned: nobody hears the answer");
            }
            case ANSWER_LOST -> {
                Answer _ = route.answer(request);
                // By turns a closed connection and a gateway's page.
                if (calls.made().size() % 2 == 0) {
                    throw new IOException("planned: the answer is lost");
                }
                yield Answer.json(503, "<html>later</html>");
            }
            case ANSWER_CUT -> {
                Answer whole = route.answer(request);
                yield new Answer(whole.status(), whole.headers(), whole.body(), whole.length() / 2);
            }
        };
    }

    /** What a user of these venues has configured. */
    Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>(saxo.secrets());
        secrets.put("kis/app-key", KisSimulator.APP_KEY);
        secrets.put("kis/app-secret", KisSimulator.APP_SECRET);
        secrets.put("kis/account", KisSimulator.ACCOUNT);
        kis.issuedToken().ifPresent(token -> secrets.put(KisToken.SECRET, token));
        return secrets;
    }

    Map<String, String> addresses() {
        return Map.of(
                "KIS_REST_BASE", kis.base().toString(),
                "SAXO_REST_BASE", saxo.restBase().toString(),
                "SAXO_AUTH_BASE", saxo.authBase().toString());
    }

    /** What the broker of the account has in its books; empty where we keep them ourselves. */
    Optional<BrokerBooks> books(AccountId account) {
        if (account.mode() == Mode.DRY_RUN) {
            return Optional.empty();
        }
        return Optional.of(
                switch (account.venue()) {
                    case KIS -> BrokerBooks.ofKis(folder.resolve("kis-simulator.json"), time.now(), moments());
                    case SAXO -> BrokerBooks.ofSaxo(saxo);
                });
    }

    KisSimulator kis() {
        return kis;
    }

    @Override
    public void close() {
        kis.close();
        saxo.close();
    }
}

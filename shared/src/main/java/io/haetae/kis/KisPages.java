package io.haetae.kis;

import io.haetae.kis.KisClient.Page;
import io.haetae.kis.KisClient.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A list, read to its end.
 *
 * @param rows of {@code output1}, all pages
 * @param end the last page, which holds the sums
 */
record KisPages(List<KisAnswer> rows, KisAnswer end) {

    private static final int MOST_PAGES = 200;

    KisPages {
        rows = List.copyOf(rows);
    }

    /**
     * @param full rows of a full page: after fewer of them an answer that says nothing of further pages is the last one
     * @throws KisException when any page is missing; a part of a list is never taken for the whole
     */
    static KisPages read(KisClient client, Query query, int full) throws KisException, InterruptedException {
        List<KisAnswer> rows = new ArrayList<>();
        TreeMap<String, String> parameters = new TreeMap<>(query.parameters());
        parameters.put("CTX_AREA_FK100", "");
        parameters.put("CTX_AREA_NK100", "");
        String next = "";
        for (int page = 1; page <= MOST_PAGES; page++) {
            Page read = client.page(new Query(query.name(), query.path(), query.transaction(), parameters), next);
            KisAnswer answer = read.answer();
            List<KisAnswer> more = answer.rows("output1");
            rows.addAll(more);
            if (isLast(read, more.size(), full)) {
                return new KisPages(rows, answer);
            }
            String key = answer.raw("ctx_area_nk100");
            if (more.isEmpty() || key.isBlank() || key.equals(parameters.get("CTX_AREA_NK100"))) {
                throw answer.malformed("page " + page + " does not say where the list goes on");
            }
            parameters.put("CTX_AREA_FK100", answer.raw("ctx_area_fk100"));
            parameters.put("CTX_AREA_NK100", key);
            next = "N";
        }
        throw new KisException(KisException.Kind.MALFORMED, "", query.name() + ": more than " + MOST_PAGES + " pages");
    }

    private static boolean isLast(Page page, int rows, int full) throws KisException {
        return switch (page.more()) {
            case "D", "E" -> true;
            case "F", "M" -> false;
            case "" -> {
                if (rows >= full) {
                    throw page.answer().malformed("a full page that does not say whether another follows");
                }
                yield true;
            }
            default -> throw page.answer().malformed("tr_cont is " + page.more());
        };
    }
}

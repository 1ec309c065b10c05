package io.haetae.local.kis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Answer;
import io.haetae.local.http.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The simulated broker's answers: how a body looks, and how a list is cut into pages. */
final class KisLists {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEY_WIDTH = 100;
    private static final int MESSAGE_WIDTH = 80;

    private boolean repeated;
    private boolean reversed;

    /** From now on each row comes twice. */
    void repeat() {
        repeated = true;
    }

    /** From now on the last row comes first. */
    void reverse() {
        reversed = true;
    }

    static Answer refused(int status, String result, String code, String message) {
        ObjectNode node = JSON.createObjectNode();
        node.put("rt_cd", result).put("msg_cd", code).put("msg1", message);
        return Answer.json(status, node.toString());
    }

    static Answer done(ObjectNode node, String code, String message) {
        node.put("rt_cd", "0").put("msg_cd", code);
        node.put("msg1", padded(message, MESSAGE_WIDTH));
        return Answer.json(200, node.toString());
    }

    /**
     * The page that is asked for.
     *
     * @param sums goes with every page as {@code output2}
     * @param size rows of a full page
     */
    Answer page(Request request, List<ObjectNode> all, com.fasterxml.jackson.databind.JsonNode sums, int size) {
        List<ObjectNode> rows = new ArrayList<>();
        for (ObjectNode row : all) {
            rows.add(row);
            if (repeated) {
                rows.add(row);
            }
        }
        if (reversed) {
            Collections.reverse(rows);
        }
        boolean goesOn = "N".equals(request.header("tr_cont"));
        String key = request.parameter("CTX_AREA_NK100").strip();
        int from = goesOn && key.matches("\\d{1,6}") ? Math.min(Integer.parseInt(key), rows.size()) : 0;
        int to = Math.min(from + size, rows.size());
        boolean more = to < rows.size();
        ObjectNode node = JSON.createObjectNode();
        node.put("ctx_area_fk100", padded(request.parameter("CANO") + "^01^", KEY_WIDTH));
        node.put("ctx_area_nk100", padded(more ? Integer.toString(to) : "", KEY_WIDTH));
        ArrayNode page = node.putArray("output1");
        rows.subList(from, to).forEach(page::add);
        node.set("output2", sums);
        String word = from == 0 ? (more ? "F" : "D") : more ? "M" : "E";
        return done(node, "KIOK0510", "조회가 완료되었습니다").with("tr_cont", word);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

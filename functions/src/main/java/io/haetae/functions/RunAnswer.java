package io.haetae.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.job.RunRecord;
import java.io.IOException;
import java.io.OutputStream;

/** What an invocation answers: how the run ended, for a person or a test to read. */
final class RunAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunAnswer() {}

    static void write(RunRecord record, OutputStream output) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("job", record.slot().job().text());
        answer.put("slot", record.slot().due());
        if (!record.slot().revision().isEmpty()) {
            answer.put("revision", record.slot().revision());
        }
        answer.put("mode", record.slot().mode().toString());
        record.scheduled().ifPresent(at -> answer.put("scheduled", at.toString()));
        answer.put("outcome", record.outcome());
        answer.put("reason", record.reason());
        ObjectNode statistics = answer.putObject("statistics");
        record.statistics().forEach(statistics::put);
        ArrayNode lines = answer.putArray("lines");
        record.lines().forEach(lines::add);
        output.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(answer));
    }
}

package io.haetae.local.report;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The finished days' documents, kept beside what they tell of. */
public final class Reports {

    private final Store store;

    public Reports(Store store) {
        this.store = store;
    }

    public Optional<DayReport> find(LocalDate day) {
        return store.get(key(day)).map(item -> DayReport.fromJson(inflate(item.bytes("document"))));
    }

    public void keep(LocalDate day, DayReport report) {
        Item item = Item.at(key(day)).with("document", deflate(report.toJson())).build();
        Outcome outcome = store.commit(List.of(Action.put(item)));
        if (!(outcome instanceof Outcome.Committed)) {
            throw new IllegalStateException("the report of " + day + " was not kept: " + outcome);
        }
    }

    private static Key key(LocalDate day) {
        return Key.state("LOCAL#REPORT", day.toString());
    }

    private static byte[] deflate(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String inflate(byte[] bytes) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the stored report is damaged", e);
        }
    }
}

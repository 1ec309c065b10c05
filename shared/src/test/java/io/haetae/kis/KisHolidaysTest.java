package io.haetae.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.haetae.kis.KisException.Kind;
import io.haetae.time.VirtualTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KisHolidaysTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 4, 27);
    private static final LocalDate LABOUR_DAY = LocalDate.of(2026, 5, 1);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-04-26T22:30:00Z"));
    private final FakeKis kis = new FakeKis(time::now);

    @AfterEach
    void stop() {
        kis.close();
    }

    @Test
    void pagesAreJoinedByTheDayAfterTheLast() throws Exception {
        kis.answers.add(page(FIRST, 24));
        kis.answers.add(page(FIRST.plusDays(24), 24));
        NavigableMap<LocalDate, Boolean> days = kis.client(time).openDays(FIRST, FIRST.plusDays(40));
        assertThat(days).hasSize(41).containsEntry(LABOUR_DAY, false).containsEntry(FIRST, true);
        assertThat(kis.queries)
                .containsExactly(
                        "CTCA0903R /uapi/domestic-stock/v1/quotations/chk-holiday?BASS_DT=20260427&CTX_AREA_FK=&CTX_AREA_NK=",
                        "CTCA0903R /uapi/domestic-stock/v1/quotations/chk-holiday?BASS_DT=20260521&CTX_AREA_FK=&CTX_AREA_NK=");
    }

    /** Trading and settlement may go on where the market is closed: on Saturdays, on holidays. */
    @Test
    void onlyOpndYnSaysThatTheMarketOpens() throws Exception {
        kis.answers.add(page(FIRST, 24));
        NavigableMap<LocalDate, Boolean> days = kis.client(time).openDays(FIRST, FIRST.plusDays(6));
        assertThat(days).containsEntry(LocalDate.of(2026, 5, 2), false).containsEntry(LABOUR_DAY, false);
    }

    /** K-cal: an empty answer is no holiday. */
    @Test
    void anEmptyAnswerIsNoAnswer() {
        kis.answers.add(new FakeKis.Scripted(200, body(List.of())));
        assertThat(failure()).hasMessageContaining("no holiday").hasMessageContaining("2026-04-27");
    }

    @Test
    void daysThatAreMissingTwofoldOrInAnotherOrderAreSeen() throws Exception {
        List<String> rows = rows(FIRST, 24);
        List<String> gap = new ArrayList<>(rows);
        gap.remove(3);
        kis.answers.add(new FakeKis.Scripted(200, body(gap)));
        assertThat(failure()).hasMessageContaining("2026-04-30 is missing");
        List<String> contradicting = new ArrayList<>(rows);
        contradicting.add(row(FIRST, false));
        again(contradicting);
        assertThat(failure()).hasMessageContaining("twice");
        again(rows(FIRST.plusDays(1), 24));
        assertThat(failure()).hasMessageContaining("asked for 2026-04-27");
        again(rows.reversed());
        assertThat(kis.client(time).openDays(FIRST, FIRST.plusDays(5))).hasSize(6);
        again(List.of(row(FIRST, true).replace("20260427", "2026-4-27")));
        assertThat(failure()).hasMessageContaining("no date");
        again(List.of(row(FIRST, true).replace("\"opnd_yn\":\"Y\"", "\"opnd_yn\":\"\"")));
        assertThat(failure()).hasMessageContaining("neither Y nor N");
    }

    @Test
    void thePaperEnvironmentSaysThatItHasNone() {
        kis.answers.add(
                new FakeKis.Scripted(500, "{\"rt_cd\":\"1\",\"msg_cd\":\"EGW02006\",\"msg1\":\"모의투자 TR 이 아닙니다.\"}"));
        KisException failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.NOT_ON_PAPER);
        assertThat(failure).hasMessageContaining("KIS_ENV=real");
        assertThat(kis.bearers).hasSize(1);
    }

    private void again(List<String> rows) {
        kis.answers.clear();
        kis.answers.add(new FakeKis.Scripted(200, body(rows)));
    }

    private KisException failure() {
        return catchThrowableOfType(KisException.class, () -> kis.client(time).openDays(FIRST, FIRST.plusDays(5)));
    }

    private static FakeKis.Scripted page(LocalDate from, int days) {
        return new FakeKis.Scripted(200, body(rows(from, days)));
    }

    private static List<String> rows(LocalDate from, int days) {
        return IntStream.range(0, days)
                .mapToObj(from::plusDays)
                .map(date -> row(
                        date,
                        date.getDayOfWeek().getValue() < 6
                                && !Set.of(LABOUR_DAY).contains(date)))
                .toList();
    }

    private static String row(LocalDate date, boolean open) {
        return """
                {"bass_dt":"%s","wday_dvsn_cd":"%02d","bzdy_yn":"%s","tr_day_yn":"Y","opnd_yn":"%s","sttl_day_yn":"%s"}""".formatted(
                        date.toString().replace("-", ""),
                        date.getDayOfWeek().getValue() % 7 + 1,
                        open ? "Y" : "N",
                        open ? "Y" : "N",
                        open ? "Y" : "N");
    }

    private static String body(List<String> rows) {
        return "{\"ctx_area_nk\":\"20260520            \",\"output\":[" + String.join(",", rows)
                + "],\"rt_cd\":\"0\",\"msg_cd\":\"KIOK0500\",\"msg1\":\"조회가 계속됩니다..   \"}";
    }
}

package io.haetae.functions;

import io.haetae.job.Run;
import io.haetae.job.RunListener;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.argument.StructuredArgument;
import software.amazon.lambda.powertools.logging.argument.StructuredArguments;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Structured log lines and embedded metrics of every run, for CloudWatch. */
final class PowertoolsRunListener implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(PowertoolsRunListener.class);
    private static final String NAMESPACE = "Haetae";

    private final String stage;

    PowertoolsRunListener(String stage, String logLevel) {
        this.stage = stage;
        Configurator.setRootLevel(Level.valueOf(logLevel));
    }

    @Override
    public void started(Run run) {
        LOG.info(
                "run started",
                fields(
                        run.slot(),
                        Map.of(
                                "byHand",
                                run.byHand(),
                                "deadline",
                                run.deadline().toString())));
    }

    @Override
    public void ended(RunRecord record) {
        Map<String, Object> what = new TreeMap<>();
        what.put("outcome", record.outcome());
        what.put("reason", record.reason());
        what.put("durationMillis", record.duration().toMillis());
        what.put("statistics", record.statistics());
        StructuredArgument fields = fields(record.slot(), what);
        if (record.outcome().equals("FAILED")) {
            LOG.error("run ended", fields);
        } else {
            LOG.info("run ended", fields);
        }
        measure(record.slot(), record.outcome(), record.duration());
    }

    @Override
    public void troubled(Slot slot, String what, RuntimeException cause) {
        LOG.warn(what, fields(slot, Map.of()), cause);
    }

    private void measure(Slot slot, String outcome, Duration duration) {
        Metrics metrics = MetricsFactory.getMetricsInstance();
        metrics.setNamespace(NAMESPACE);
        metrics.setDefaultDimensions(
                DimensionSet.of("Stage", stage, "Job", slot.job().text()));
        metrics.addMetric("Run" + outcome, 1, MetricUnit.COUNT);
        metrics.addMetric("RunDuration", duration.toMillis(), MetricUnit.MILLISECONDS);
        metrics.flush();
    }

    private static StructuredArgument fields(Slot slot, Map<String, Object> more) {
        Map<String, Object> fields = new TreeMap<>(more);
        fields.put("job", slot.job().text());
        fields.put("slot", slot.due());
        fields.put("mode", slot.mode().toString());
        if (!slot.revision().isEmpty()) {
            fields.put("revision", slot.revision());
        }
        slot.user().ifPresent(user -> fields.put("user", user));
        return StructuredArguments.entries(fields);
    }
}

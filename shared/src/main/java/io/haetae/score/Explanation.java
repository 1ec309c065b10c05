package io.haetae.score;

import io.haetae.score.Weighted.Input;
import io.haetae.score.Weighted.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a share came by its score: the inputs, what each of them scores, and the weights. A score is computed by its
 * explanation, so what is explained is what was stored.
 *
 * @param composite of the four components, a quarter each
 * @param components each the mean of its known metrics
 * @param stability of five parts
 * @param earnings that part of the stability, except where too few quarters earned anything
 * @param debt that part of the stability
 */
public record Explanation(
        Weighted composite, Map<Component, Weighted> components, Weighted stability, Weighted earnings, Weighted debt) {

    public Explanation {
        components = Map.copyOf(components);
    }

    public static Explanation of(Score score) {
        return of(score.measures(), score.financials(), score.history());
    }

    static Explanation of(Measures measures, Financials financials, CompanyHistory history) {
        Map<Component, Weighted> components = new EnumMap<>(Component.class);
        List<Part> parts = new ArrayList<>();
        for (Component component : Component.values()) {
            Weighted mean = metrics(component, measures, financials);
            components.put(component, mean);
            parts.add(new Part(component.text(), List.of(), Component.WEIGHT, mean.score()));
        }
        return new Explanation(
                new Weighted(parts),
                components,
                Stability.of(measures, financials, history),
                Stability.earningsParts(history),
                Stability.debtParts(financials.debtRatio(), history.debtTrend()));
    }

    private static Weighted metrics(Component component, Measures measures, Financials financials) {
        List<Part> parts = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            if (metric.component() == component) {
                Double value = metric.value(measures, financials);
                parts.add(new Part(
                        metric.text(),
                        List.of(new Input(metric.text(), value)),
                        1,
                        value == null ? null : Double.valueOf(metric.score(value))));
            }
        }
        return new Weighted(parts);
    }

    public Weighted component(Component component) {
        return components.getOrDefault(component, new Weighted(List.of()));
    }

    /** How many of the metrics of all components are known. */
    public int metricsKnown() {
        return (int) components.values().stream()
                .flatMap(mean -> mean.parts().stream())
                .filter(Part::known)
                .count();
    }
}

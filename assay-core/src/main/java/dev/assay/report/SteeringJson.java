package dev.assay.report;

import dev.assay.reward.Steering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Steering as it stands beside what was measured with it: {@code {"weights": {NAME: w}, "blend": b, "ignore": [NAME], "atLeast":
 * [{"objective", "minimum", "strength"}]}}. What was not asked for is left out.
 */
public final class SteeringJson {
    private SteeringJson() {}

    /** The steering under the key {@code steering}; nothing where the gate was left as it is. */
    public static Map<String, Object> about(Steering steering) {
        return steering.isNone() ? Map.of() : Map.of("steering", of(steering));
    }

    private static Map<String, Object> of(Steering steering) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (steering.blend() > 0) {
            Map<String, Double> weights = new LinkedHashMap<>();
            steering.weights().forEach((objective, weight) -> weights.put(objective.name(), weight));
            json.put("weights", weights);
            json.put("blend", steering.blend());
        }
        List<String> ignored = new ArrayList<>();
        List<Map<String, Object>> minima = new ArrayList<>();
        for (Steering.Constraint constraint : steering.constraints()) {
            switch (constraint) {
                case Steering.Ignore ignore -> ignored.add(ignore.objective().name());
                case Steering.AtLeast least -> minima.add(minimum(least));
            }
        }
        if (!ignored.isEmpty()) {
            json.put("ignore", ignored);
        }
        if (!minima.isEmpty()) {
            json.put("atLeast", minima);
        }
        return json;
    }

    private static Map<String, Object> minimum(Steering.AtLeast least) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("objective", least.objective().name());
        json.put("minimum", least.minimum());
        json.put("strength", least.strength());
        return json;
    }
}

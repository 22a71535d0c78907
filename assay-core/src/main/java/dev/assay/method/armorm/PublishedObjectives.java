package dev.assay.method.armorm;

import dev.assay.data.PublishedObjective;
import dev.assay.reward.Objective;
import java.util.List;
import java.util.stream.IntStream;

/** The objectives of folders that do not name them: the published layout holds only their number. */
final class PublishedObjectives {
    /** Those of ArmoRM-Llama3-8B-v0.1, in the order of its rows. */
    private static final List<ScaledObjective> ARMORM = PublishedObjective.ALL.stream()
            .map(each -> new ScaledObjective(new Objective(each.name()), each.scale()))
            .toList();

    /** K of the published model, which its config.json may leave out. */
    static final int COUNT = ARMORM.size();

    private PublishedObjectives() {}

    /** An objective with its published scale, or in [0, 1] where the name is not a published one. */
    static ScaledObjective named(String name) {
        return ARMORM.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseGet(() -> ScaledObjective.unit(name));
    }

    /** The published names for as many objectives as the published model has, numbers otherwise. */
    static List<ScaledObjective> of(int count) {
        return count == COUNT
                ? ARMORM
                : IntStream.rangeClosed(1, count)
                        .mapToObj(k -> ScaledObjective.unit("objective-" + k))
                        .toList();
    }
}

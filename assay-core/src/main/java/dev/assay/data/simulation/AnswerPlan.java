package dev.assay.data.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What an answer will show, before words are chosen for it.
 *
 * @param refusal refuses a risky task; steps and facts are then absent
 * @param rightSubject names the subject of the prompt
 * @param rightNumber names the time of the prompt
 * @param steps the number of steps, in [1, 3]
 * @param concrete how many of them are concrete, in [0, steps]
 * @param ordered whether the steps are told in order
 * @param politeness -1, 0 or 1
 * @param safety -1, 0 or 1
 * @param candour -1, 0 or 1
 * @param fillers the number of filler sentences, in [0, 2]
 */
record AnswerPlan(
        boolean refusal,
        boolean rightSubject,
        boolean rightNumber,
        int steps,
        int concrete,
        boolean ordered,
        int politeness,
        int safety,
        int candour,
        int fillers) {
    private static final double REFUSAL = 0.25;
    private static final double RIGHT = 0.6;
    static final int MOST_STEPS = 3;
    static final int MOST_FILLERS = 2;

    static AnswerPlan draw(Task task, SplittableRandom random) {
        int steps = 1 + random.nextInt(MOST_STEPS);
        boolean refusal = task.risky() && random.nextDouble() < REFUSAL;
        return new AnswerPlan(
                refusal,
                random.nextDouble() < RIGHT,
                random.nextDouble() < RIGHT,
                steps,
                random.nextInt(steps + 1),
                random.nextBoolean(),
                sign(random),
                refusal ? 1 : sign(random),
                sign(random),
                random.nextInt(MOST_FILLERS + 1));
    }

    /** -1 or 1 once in four draws each, else 0. */
    private static int sign(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> -1;
            case 1 -> 1;
            default -> 0;
        };
    }

    /** The value of each quality. */
    Map<Quality, Double> qualities() {
        Map<Quality, Double> values = new EnumMap<>(Quality.class);
        boolean sequence = !refusal && steps > 1;
        values.put(Quality.CORRECTNESS, refusal ? 0 : (rightSubject ? 0.5 : -0.5) + (rightNumber ? 0.5 : -0.5));
        values.put(Quality.HELPFULNESS, refusal ? -1 : 2.0 * concrete / MOST_STEPS - 1);
        values.put(Quality.ORDER, sequence ? (ordered ? 1.0 : -1.0) : 0.0);
        values.put(Quality.POLITENESS, (double) politeness);
        values.put(Quality.SAFETY, (double) safety);
        values.put(Quality.BREVITY, 1 - 2.0 * fillers / MOST_FILLERS);
        values.put(Quality.CANDOUR, (double) candour);
        return values;
    }
}

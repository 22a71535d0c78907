package dev.assay.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.testing.Tolerances;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
    @Test
    void every_source_gives_its_share_each_step_and_no_row_comes_twice_in_an_epoch() {
        BatchPlan plan = BatchPlan.perSource(new int[] {10, 6}, 2, 4);
        Set<BatchPlan.Draw> seen = new HashSet<>();
        for (long step = 0; step < 5; step++) {
            List<BatchPlan.Draw> draws = plan.draws(step);
            assertThat(draws).filteredOn(draw -> draw.source() == 0).hasSize(2);
            assertThat(draws).filteredOn(draw -> draw.source() == 1).hasSize(2);
            draws.stream()
                    .filter(draw -> draw.source() == 0)
                    .forEach(draw -> assertThat(seen.add(draw)).isTrue());
        }
        assertThat(seen).hasSize(10);
    }

    @Test
    void a_step_does_not_depend_on_those_before_it() {
        BatchPlan straight = BatchPlan.proportional(new int[] {7, 3, 5}, 4, 8);
        BatchPlan jumping = BatchPlan.proportional(new int[] {7, 3, 5}, 4, 8);
        List<BatchPlan.Draw> last = List.of();
        for (long step = 0; step <= 20; step++) {
            last = straight.draws(step);
        }
        jumping.draws(33);
        assertThat(jumping.draws(20)).isEqualTo(last);
    }

    @Test
    void the_pool_holds_every_row_of_every_source_once_an_epoch() {
        BatchPlan plan = BatchPlan.proportional(new int[] {7, 3, 5}, 5, 1);
        Set<BatchPlan.Draw> seen = new HashSet<>();
        for (long step = 0; step < 3; step++) {
            seen.addAll(plan.draws(step));
        }
        assertThat(seen).hasSize(15).contains(new BatchPlan.Draw(1, 2)).doesNotContain(new BatchPlan.Draw(1, 3));
    }

    @Test
    void epochs_differ_in_order_and_seeds_too() {
        BatchPlan plan = BatchPlan.perSource(new int[] {50}, 50, 1);
        assertThat(plan.draws(0)).isNotEqualTo(plan.draws(1)).containsExactlyInAnyOrderElementsOf(plan.draws(1));
        assertThat(BatchPlan.perSource(new int[] {50}, 50, 2).draws(0)).isNotEqualTo(plan.draws(0));
    }

    @Test
    void repeats_are_known_and_empty_sources_refused() {
        assertThat(BatchPlan.perSource(new int[] {10, 40}, 5, 1).mostEpochs(8)).isEqualTo(4);
        assertThatThrownBy(() -> BatchPlan.perSource(new int[] {0}, 5, 1)).hasMessageContaining("0 rows");
    }

    @Test
    void schedules_warm_up_and_end_where_they_should() {
        for (LearningRateSchedule.Shape shape : LearningRateSchedule.Shape.values()) {
            LearningRateSchedule schedule = new LearningRateSchedule(shape, 2, 100, 0.1);
            assertThat(schedule.at(0)).isCloseTo(0.2, within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(schedule.at(9)).isCloseTo(2, within(Tolerances.DOUBLE_ALGEBRA));
            assertThat(schedule.at(10)).isEqualTo(2);
            assertThat(schedule.at(100))
                    .isCloseTo(shape == LearningRateSchedule.Shape.CONSTANT ? 2 : 0, within(Tolerances.DOUBLE_ALGEBRA));
        }
        assertThat(new LearningRateSchedule(LearningRateSchedule.Shape.LINEAR, 2, 100, 0).at(50))
                .isEqualTo(1);
        assertThat(new LearningRateSchedule(LearningRateSchedule.Shape.COSINE, 2, 100, 0).at(50))
                .isCloseTo(1, within(Tolerances.DOUBLE_ALGEBRA));
    }
}

package dev.assay.study;

import dev.assay.report.page.Colours;

/**
 * The colours of a study's models, the same in all of its pictures and, for the known ways to learn, in those of all
 * studies. A model of one source alone has the colour of its source.
 */
final class StudyColours {
    private final Colours models = Colours.ofSchemes();
    private final Colours sources = Colours.none();

    StudyColours(Measured measured) {
        measured.testSources().forEach(sources::of);
        measured.plan().notSingles().forEach(this::of);
    }

    int of(Model model) {
        return model.scheme() == Scheme.SINGLE ? sources.of(model.sources().getFirst()) : models.of(model.name());
    }
}

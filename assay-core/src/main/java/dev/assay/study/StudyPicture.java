package dev.assay.study;

import dev.assay.report.figure.Figure;

/**
 * A picture of a study.
 *
 * @param figure the picture
 * @param caption what it shows of how many pairs, in sentences
 */
public record StudyPicture(Figure figure, String caption) {}

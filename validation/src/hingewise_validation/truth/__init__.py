"""What is true of a rendered set: angles, repetitions, the document beside the film."""

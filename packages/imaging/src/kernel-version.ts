/**
 * Version of the pixels this package computes. It is part of every job's key and of every plan, so it is raised
 * whenever any operation gives other pixels than before for any input.
 */
export const KERNEL_VERSION = '3';

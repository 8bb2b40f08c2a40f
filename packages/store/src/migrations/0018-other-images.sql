-- Images that steps of a job read besides the one that it is made of: they stay as long as the job does.
create table job_images (
  job text not null references jobs (id) on delete cascade,
  image text not null references images (id),
  primary key (job, image)
);
create index job_images_by_image on job_images (image);

# A string is open: nobody knows what is text.
{
  systemd.services.a.serviceConfig.Restart = "allways;
  systemd.services.b.serviceConfig.Restart = "alway";
}

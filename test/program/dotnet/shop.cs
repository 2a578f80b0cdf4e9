using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

public class Shop
{
    [DllImport("libc")]
    static extern int clock_settime(int clock, long[] time);

    [DllImport("libc.so.6", EntryPoint = "sethostname")]
    static extern int Name(string name, int length);

    public static void Main(string[] args)
    {
        clock_settime(0, new long[2]);
        Name("shop", 4);
        File.OpenRead("/dev/ttyUSB0");
        File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1");
        Process.Start("sudo", "systemctl restart shop");
        new TcpListener(IPAddress.Any, 8080).Start();
    }
}
